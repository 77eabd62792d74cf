/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package dev.trestle.catalog;

import static dev.trestle.catalog.CatalogOption.Kind.BOOLEAN;
import static dev.trestle.catalog.CatalogOption.Kind.DURATION;
import static dev.trestle.catalog.CatalogOption.Kind.INTEGER;
import static dev.trestle.catalog.CatalogOption.Kind.MEMORY;
import static dev.trestle.catalog.CatalogOption.Kind.TEXT;
import static dev.trestle.catalog.CatalogOption.Kind.URI;
import static dev.trestle.catalog.CatalogOption.besideSecret;
import static dev.trestle.catalog.CatalogOption.ignored;
import static dev.trestle.catalog.CatalogOption.secret;
import static dev.trestle.catalog.CatalogOption.used;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every option that the catalog knows, with the names that all engines share. Where Paimon has an option, its name and
 * meaning are Paimon's.
 */
public final class CatalogOptions {

    static final String URI_KEY = "uri";
    static final String WAREHOUSE = "warehouse";
    static final String PREFIX = "prefix";
    static final String METASTORE = "metastore";
    static final String PROTOCOL = "protocol";
    static final String STARROCKS_PREFIX = "starrocks.";
    static final String API_VERSION = "starrocks.api-version";
    static final String CREATE_ACTION = "starrocks.create-action";
    static final String FILESYSTEM_COMMIT = "starrocks.allow-filesystem-commit";
    static final String CASE_SENSITIVE = "case-sensitive";
    static final String ALLOW_UPPER_CASE = "allow-upper-case";
    static final String DATA_TOKEN_ENABLED = "data-token.enabled";
    static final String CONNECT_TIMEOUT = "http.connect-timeout";
    static final String CALL_TIMEOUT = "http.call-timeout";
    static final String MAX_ATTEMPTS = "http.max-attempts";
    static final String DEADLINE = "http.deadline";
    static final String MAX_CONNECTIONS = "http.max-connections";
    static final String PROXY = "http.proxy";
    static final String TRUST_STORE = "http.tls.trust-store";
    static final String TRUST_STORE_PASSWORD = "http.tls.trust-store-password";
    static final String KEY_STORE = "http.tls.key-store";
    static final String KEY_STORE_PASSWORD = "http.tls.key-store-password";
    static final String CACHE_EXPIRE_AFTER = "metadata-cache.expire-after";
    static final String CACHE_MAX_SIZE = "metadata-cache.max-size";
    static final String MANIFEST_MEMORY = "cache.manifest.small-file-memory";
    static final String LARGEST_MANIFEST = "cache.manifest.small-file-threshold";
    static final String MOST_MANIFEST_MEMORY = "cache.manifest.max-memory";
    static final String HEADER_PREFIX = "header.";
    static final String TABLE_DEFAULT_PREFIX = "table-default.";
    static final String PAIMON_CACHE = "cache-enabled";

    /** In the order in which the documentation lists them. */
    public static final List<CatalogOption> ALL = List.of(
            used(URI_KEY, URI, null, "Where the catalog service is."),
            used(
                    WAREHOUSE,
                    TEXT,
                    null,
                    "The warehouse, as the service names it; with protocol starrocks the catalog's name."),
            used(PREFIX, TEXT, null, "The path segment after /v1; the service usually gives it."),
            used(METASTORE, TEXT, "trestle", "The name of this catalog among Paimon's; 'rest' is accepted too."),
            used(PROTOCOL, TEXT, "paimon", "The dialect that the service speaks: paimon, or starrocks."),
            used(API_VERSION, TEXT, "v2", "With protocol starrocks: the version in the service's paths."),
            used(
                    CREATE_ACTION,
                    BOOLEAN,
                    "true",
                    "With protocol starrocks: whether what is made is sent to '…/create', rather than to the collection."),
            used(
                    FILESYSTEM_COMMIT,
                    BOOLEAN,
                    "false",
                    "With protocol starrocks: whether tables may be written, with commits in their files alone."),
            used(
                    "token.provider",
                    TEXT,
                    "none",
                    "Who the client is: none, bear (or bearer), basic, oauth2, dlf, or a provider's own name."),
            secret("token", "The bearer token."),
            besideSecret("basic.username", TEXT, "The user of HTTP Basic."),
            secret("basic.password", "The password of HTTP Basic."),
            used(
                    "oauth2.server-uri",
                    URI,
                    null,
                    "The address of the OAuth2 token endpoint itself, such as"
                            + " 'https://login.example.com/oauth2/token'."),
            besideSecret("oauth2.client-id", TEXT, "The client's id."),
            secret("oauth2.client-secret", "The client's secret."),
            used("oauth2.scope", TEXT, null, "What to ask for; several are separated by spaces."),
            used("oauth2.audience", TEXT, null, "Whom the token is for, where the authorization server wants to know."),
            used(
                    "oauth2.client-auth",
                    TEXT,
                    "client_secret_basic",
                    "How the id and the secret are sent: client_secret_basic, in HTTP Basic; client_secret_post, in the"
                            + " request's body."),
            used("dlf.region", TEXT, null, "The DLF region; taken from the host where that names one."),
            besideSecret("dlf.access-key-id", TEXT, "The DLF access key's id."),
            secret("dlf.access-key-secret", "The DLF access key's secret."),
            secret("dlf.security-token", "The security token of a temporary DLF access key."),
            used("dlf.token-path", TEXT, null, "A file that holds a DLF token as JSON; read again when it changes."),
            used("dlf.token-loader", TEXT, null, "What loads DLF tokens: ecs, or a loader's own name."),
            used(
                    "dlf.token-ecs-metadata-url",
                    TEXT,
                    "http://100.100.100.200/latest/meta-data/Ram/security-credentials/",
                    "Where an ECS instance asks for its role's credentials."),
            used("dlf.token-ecs-role-name", TEXT, null, "The ECS role; discovered where it is absent."),
            used("dlf.signing-algorithm", TEXT, null, "default or openapi; chosen by the host where it is absent."),
            used("dlf.oss-endpoint", TEXT, null, "The OSS endpoint for the tables' files."),
            used(DATA_TOKEN_ENABLED, BOOLEAN, "false", "Whether the service vends credentials for each table's files."),
            used(CONNECT_TIMEOUT, DURATION, "10 s", "For making a connection."),
            used(CALL_TIMEOUT, DURATION, "60 s", "For one attempt of a call, from connecting to the last byte."),
            used(
                    MAX_ATTEMPTS,
                    INTEGER,
                    "5",
                    "How often a call is sent at most, besides once more with a new token where the service refuses the old one."),
            used(
                    DEADLINE,
                    DURATION,
                    "2 min",
                    "For all attempts of a call, and for finding out what became of a change."),
            used(MAX_CONNECTIONS, INTEGER, "64", "Connections to the service that are open at once."),
            besideSecret(PROXY, URI, "The HTTP proxy on the way to the service: http://[user:password@]host:port."),
            used(
                    TRUST_STORE,
                    TEXT,
                    null,
                    "A PKCS #12, JKS or PEM file of the authorities to trust instead of the JVM's."),
            secret(TRUST_STORE_PASSWORD, "The trust store's password."),
            used(KEY_STORE, TEXT, null, "A PKCS #12 or JKS file with the client's certificate."),
            secret(KEY_STORE_PASSWORD, "The key store's password."),
            used(
                    CACHE_EXPIRE_AFTER,
                    DURATION,
                    "1 s",
                    "After how long a change by another client is seen at the latest; 0 s asks each time."),
            used(CACHE_MAX_SIZE, INTEGER, "1000", "How many databases and tables are remembered."),
            used(
                    MANIFEST_MEMORY,
                    MEMORY,
                    "128 mb",
                    "How much of manifests is remembered, which never change; given back where memory is short. 0 b is none, but for"
                            + " up to 16 mb of a writer to fixed buckets."),
            used(LARGEST_MANIFEST, MEMORY, "1 mb", "Manifest files larger than this are not remembered."),
            used(
                    MOST_MANIFEST_MEMORY,
                    MEMORY,
                    null,
                    "Where it is more than cache.manifest.small-file-memory: used instead, for manifest files of any size."),
            used(CASE_SENSITIVE, BOOLEAN, "true", "Whether names that differ in case are different names."),
            used(ALLOW_UPPER_CASE, BOOLEAN, null, "The older name of case-sensitive, read where that is absent."),
            ignored("resolving-file-io.enabled", "files are opened by the scheme of each path anyway"),
            used("file-io.allow-cache", BOOLEAN, "true", "Whether Paimon may keep file systems for reuse."),
            ignored("table.type", "a table is external when it is created with a path"),
            ignored("sync-all-properties", "the service keeps all of a table's properties"),
            ignored("format-table.enabled", "the service says which kinds of table it keeps"),
            used("hadoop-conf-dir", TEXT, null, "A folder with Hadoop's configuration files."),
            used("hadoop-load-default-config", BOOLEAN, "true", "Whether Hadoop's default configuration is loaded."),
            ignored("lock.enabled", "commits go through the service, which needs no lock"),
            ignored("lock.type", "commits go through the service, which needs no lock"),
            ignored("lock-check-max-sleep", "commits go through the service, which needs no lock"),
            ignored("lock-acquire-timeout", "commits go through the service, which needs no lock"),
            ignored("client-pool-size", "use http.max-connections"),
            ignored(PAIMON_CACHE, "use metadata-cache.expire-after"),
            ignored("cache.expire-after-access", "use metadata-cache.expire-after"),
            ignored("cache.expiration-interval", "use metadata-cache.expire-after"),
            ignored("cache.expire-after-write", "use metadata-cache.expire-after"),
            ignored("cache.partition.max-num", "partitions are not cached"),
            ignored("cache.snapshot.max-num-per-table", "snapshots are not cached in the catalog"),
            ignored("cache.deletion-vectors.max-num", "deletion vectors are not cached in the catalog"),
            ignored("io-cache.enabled", "it belongs to a file system that is not used here"),
            ignored("io-cache.whitelist-path", "it belongs to a file system that is not used here"),
            ignored("io-cache.policy", "it belongs to a file system that is not used here"));

    /** Options that begin so are handed to the file systems, to new tables, or are sent as headers, as they are. */
    public static final List<String> PASSED_ON = List.of(
            HEADER_PREFIX,
            TABLE_DEFAULT_PREFIX,
            "fs.",
            "s3.",
            "s3a.",
            "oss.",
            "hadoop.",
            "dfs.",
            "security.kerberos.",
            "cosn.",
            "obs.",
            "gs.");

    private static final Map<String, CatalogOption> BY_KEY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(CatalogOption::key, Function.identity()));

    private static final String REDACTED = "******";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^{}]+}");
    private static final Pattern USER_OF_URI = Pattern.compile("://.*@");

    /** In one of several addresses: a user with a password, or alone, where it is no container in a store of Azure's. */
    private static final Pattern USER_OF_ONE_URI =
            Pattern.compile("://[^/@:\\s,]*:(?!\\d+/)[^\\s,]*@|(?<!abfs|abfss|wasb|wasbs)://[^/@:\\s,]+@");

    /** Options of tables whose keys name columns. */
    private static final List<String> OF_COLUMNS = List.of("fields.", "field.", "file-index.", "schema.");

    private static final List<String> SECRET_WORDS = List.of(
            "secret",
            "password",
            "passwd",
            "passphrase",
            "token",
            "credential",
            "authorization",
            "access-key",
            "access.key",
            "accesskey",
            "account.key",
            "encryption.key",
            "encryption-key",
            "private-key",
            "private.key",
            "api-key",
            "apikey",
            "sas.");

    private CatalogOptions() {}

    static CatalogOption find(String key) {
        return BY_KEY.get(key);
    }

    /** Whether an option goes to the file systems. */
    static boolean isOfStorage(String key) {
        return isPassedOn(key) && !key.startsWith(HEADER_PREFIX) && !key.startsWith(TABLE_DEFAULT_PREFIX);
    }

    static boolean isPassedOn(String key) {
        return PASSED_ON.stream().anyMatch(key::startsWith);
    }

    static Stream<String> keys() {
        return ALL.stream().map(CatalogOption::key);
    }

    /**
     * What is wrong with options that a user wrote, a sentence each: unknown ones, wrong values, and that the service's
     * address is missing; empty if nothing is. {@link RestCatalog#open} refuses what is named here.
     *
     * @param enginesOwn options that an engine reads itself and leaves out: one of them may be what the user meant
     */
    public static List<String> violations(Map<String, String> options, Set<String> enginesOwn) {
        return OptionsCheck.violations(options, enginesOwn);
    }

    /**
     * The value to show for an option: the value itself, or asterisks where the option is a secret, or is not ours and may
     * be one by its name; a header may always be one. A reference such as <code>${env:NAME}</code> is shown: it is no
     * secret. The user and password in an address are not shown.
     */
    public static String shown(String key, String value) {
        if (REFERENCE.matcher(value).matches()) {
            return value;
        }
        return isSecret(key) ? REDACTED : USER_OF_URI.matcher(value).replaceAll("://" + REDACTED + "@");
    }

    /**
     * The value to show for an option of a table: as {@link #shown}, but that a column may be called as a secret is, and a path
     * have a container before its host, as in {@code abfss://container@account.example.com/path}.
     */
    public static String shownOfTable(String key, String value) {
        boolean isSecret =
                isSecret(key) && !key.contains("#") && OF_COLUMNS.stream().noneMatch(key::startsWith);
        return isSecret ? shown(key, value) : USER_OF_ONE_URI.matcher(value).replaceAll("://" + REDACTED + "@");
    }

    /** Whether a value has what is shown in the place of a secret, so that it is none to store. */
    public static boolean isRedacted(String value) {
        return value.equals(REDACTED) || value.contains("://" + REDACTED + "@");
    }

    /** Whether a value holds a reference such as <code>${env:NAME}</code>. */
    static boolean hasReference(String value) {
        return REFERENCE.matcher(value).find();
    }

    /** Whether the value of an option is a secret: it is one of ours that is, or it may be one by its name. */
    public static boolean isSecret(String key) {
        CatalogOption option = BY_KEY.get(key);
        if (option != null) {
            return option.secret();
        }
        String name = key.toLowerCase(Locale.ROOT);
        return name.startsWith(HEADER_PREFIX) || SECRET_WORDS.stream().anyMatch(name::contains);
    }
}
