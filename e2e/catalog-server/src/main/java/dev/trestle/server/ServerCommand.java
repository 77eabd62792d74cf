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
package dev.trestle.server;

import dev.trestle.server.auth.Credentials;
import dev.trestle.server.catalog.DataTokenSettings;
import dev.trestle.server.store.StoreException;
import dev.trestle.server.store.StoreSettings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code e2e/server}. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        versionProvider = ServerCommand.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Serves a catalog of Apache Paimon tables over the Paimon REST API, and over the StarRocks RESTful API.",
            "",
            "For development and tests: tables' files go to a directory of this machine, their names to a database.",
            ""
        },
        footer = {
            "",
            "SECRET is a value, @FILE for the text of a file, or env:NAME for an environment variable. A value on the",
            "command line is seen by everybody on this machine who lists processes: prefer the other two.",
            "",
            "Stop the server with Ctrl-C. It may also be killed at any moment: nothing that it confirmed is lost."
        })
public final class ServerCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--warehouse",
            required = true,
            paramLabel = "DIR",
            description = "Where the tables' files go, made if it does not exist: a directory, or s3://BUCKET/PATH or"
                    + " hdfs://HOST:PORT/PATH with --database-url and --storage-option.")
    private String warehouse;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "The database: jdbc:sqlite:FILE or jdbc:postgresql://HOST/NAME."
                    + " Default: a SQLite file in the warehouse directory.")
    private String databaseUrl;

    @Option(names = "--database-user", paramLabel = "USER", description = "The user for PostgreSQL.")
    private String databaseUser;

    @Option(names = "--database-password", paramLabel = "SECRET", description = "The password for PostgreSQL.")
    private String databasePassword;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port to listen on, 0 for any that is free. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            defaultValue = ServerOptions.DEFAULT_PREFIX,
            description =
                    "The path segment that clients are told to use, and in the StarRocks dialect the catalog's name."
                            + " Default: ${DEFAULT-VALUE}")
    private String prefix;

    @Option(names = "--token", paramLabel = "SECRET", description = "Lets in callers with this bearer token.")
    private String token;

    @Option(
            names = "--basic",
            paramLabel = "SECRET",
            description = "Lets in callers with this user and password, written USER:PASSWORD.")
    private String basic;

    @Option(
            names = "--oauth2-client-id",
            paramLabel = "ID",
            description = "Lets in callers with a token that this client has got at " + Credentials.OAuth2.PATH
                    + " with OAuth 2.0 client credentials.")
    private String oauth2ClientId;

    @Option(names = "--oauth2-client-secret", paramLabel = "SECRET", description = "The OAuth 2.0 client's secret.")
    private String oauth2ClientSecret;

    @Option(
            names = "--oauth2-scope",
            paramLabel = "SCOPE",
            description = "What the OAuth 2.0 client may ask for. Default: nothing.")
    private String oauth2Scope;

    @Option(
            names = "--oauth2-token-life",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "How long a token lives. Default: ${DEFAULT-VALUE}")
    private long oauth2TokenLife;

    @Option(
            names = "--dlf-access-key-id",
            paramLabel = "ID",
            description = "Lets in callers whose requests are signed by this DLF access key.")
    private String dlfAccessKeyId;

    @Option(names = "--dlf-access-key-secret", paramLabel = "SECRET", description = "The DLF access key's secret.")
    private String dlfAccessKeySecret;

    @Option(
            names = "--dlf-security-token",
            paramLabel = "SECRET",
            description = "The security token that a temporary DLF access key comes with.")
    private String dlfSecurityToken;

    @Option(
            names = "--tls",
            paramLabel = "KEYSTORE",
            description = "Serves HTTPS with the certificate and key of this key store (PKCS#12 or JKS).")
    private Path tls;

    @Option(names = "--tls-password", paramLabel = "SECRET", description = "The key store's password.")
    private String tlsPassword;

    @Option(
            names = "--config-default",
            paramLabel = "KEY=VALUE",
            description = "An option that clients are told, and that their own goes before.")
    private Map<String, String> configDefaults = new LinkedHashMap<>();

    @Option(
            names = "--config-override",
            paramLabel = "KEY=VALUE",
            description = "An option that clients are told, and that goes before their own.")
    private Map<String, String> configOverrides = new LinkedHashMap<>();

    @Option(
            names = "--storage-option",
            paramLabel = "KEY=VALUE",
            description = "An option of Paimon's for a warehouse that is not a local directory, such as s3.endpoint,"
                    + " s3.access-key, s3.secret-key; the value is a SECRET.")
    private Map<String, String> storageOptions = new LinkedHashMap<>();

    @Option(
            names = "--data-token-life",
            paramLabel = "SECONDS",
            description =
                    "Vends keys for the files of each table, good for so long, to the test store that checks them;"
                            + " clients are told to use them.")
    private Integer dataTokenLife;

    @Option(
            names = "--data-token-names",
            paramLabel = "s3|oss",
            defaultValue = "s3",
            description = "How a vended key is spelled: s3.access-key …, or fs.oss.accessKeyId … as DLF does."
                    + " Default: ${DEFAULT-VALUE}")
    private String dataTokenNames;

    @Option(
            names = "--data-token-option",
            paramLabel = "KEY=VALUE",
            description = "What clients get beside a vended key, such as s3.endpoint.")
    private Map<String, String> dataTokenOptions = new LinkedHashMap<>();

    @Option(
            names = "--async",
            description = "Answers changes in the StarRocks dialect with 202 and a task, before they are made.")
    private boolean async;

    /** The version of this build. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ServerCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Trestle catalog server " + (version == null ? "(unpackaged)" : version)};
        }
    }

    /** Runs a server until the process ends. */
    public static void main(String[] arguments) {
        int exit = commandLine().execute(arguments);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new ServerCommand());
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        return line.setParameterExceptionHandler((failure, arguments) ->
                        usual.handleParseException(mistyped(failure).orElse(failure), arguments))
                // A secret that begins with @ names a file, which is not a file of arguments.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, command, result) -> {
                    if (failure instanceof StoreException
                            || failure instanceof IllegalStateException
                            || failure instanceof IllegalArgumentException
                            || failure instanceof UncheckedIOException) {
                        command.getErr().println("server: " + failure.getMessage());
                        LOG.debug("The server did not start", failure);
                        return 1;
                    }
                    throw failure;
                });
    }

    /** What is written wrong says more than that a required option is missing, which may be the one that was meant. */
    private static Optional<CommandLine.ParameterException> mistyped(CommandLine.ParameterException failure) {
        List<String> unknown = failure.getCommandLine().getUnmatchedArguments();
        return failure instanceof CommandLine.MissingParameterException && !unknown.isEmpty()
                ? Optional.of(new CommandLine.UnmatchedArgumentException(failure.getCommandLine(), unknown))
                : Optional.empty();
    }

    @Override
    public Integer call() throws InterruptedException {
        CatalogServer server = CatalogServer.start(options());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "catalog-shutdown"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Catalog server: " + server.uri());
        out.println("Warehouse:      " + server.warehouse());
        out.flush();
        stopped.await();
        return 0;
    }

    ServerOptions options() {
        ServerOptions.Builder options =
                ServerOptions.builder(warehouse).host(host).port(port).prefix(prefix);
        store().ifPresent(options::store);
        if (async) {
            options.asynchronous();
        }
        if (token != null) {
            options.allow(new Credentials.Bearer(secret("--token", token)));
        }
        if (basic != null) {
            options.allow(basicCredentials(secret("--basic", basic)));
        }
        oauth2().ifPresent(options::allow);
        dlf().ifPresent(options::allow);
        if (tls != null) {
            if (tlsPassword == null) {
                throw wrong("--tls needs --tls-password");
            }
            if (!Files.isReadable(tls)) {
                throw wrong("The key store of --tls cannot be read: " + tls);
            }
            options.tls(tls, secret("--tls-password", tlsPassword));
        }
        configDefaults.forEach(options::configDefault);
        configOverrides.forEach(options::configOverride);
        Map<String, String> storage = new LinkedHashMap<>();
        storageOptions.forEach((key, value) -> storage.put(key, secret("--storage-option " + key, value)));
        storage.forEach(options::storageOption);
        dataTokens(storage).ifPresent(options::dataTokens);
        return options.build();
    }

    private Optional<StoreSettings> store() {
        if (databaseUrl == null) {
            if (databaseUser != null || databasePassword != null) {
                throw wrong("--database-user and --database-password need --database-url");
            }
            return Optional.empty();
        }
        return Optional.of(new StoreSettings(
                databaseUrl,
                Optional.ofNullable(databaseUser),
                Optional.ofNullable(databasePassword).map(value -> secret("--database-password", value))));
    }

    private Optional<DataTokenSettings> dataTokens(Map<String, String> storage) {
        if (dataTokenLife == null) {
            if (!dataTokenOptions.isEmpty()) {
                throw wrong("--data-token-option needs --data-token-life");
            }
            return Optional.empty();
        }
        if (dataTokenLife < 1) {
            throw wrong("--data-token-life is a number of seconds, 1 or more");
        }
        String secret = storage.get("s3.secret-key");
        if (secret == null) {
            throw wrong("--data-token-life needs --storage-option s3.secret-key=…, of which the vended keys are made");
        }
        return Optional.of(
                new DataTokenSettings(Duration.ofSeconds(dataTokenLife), keyNames(), dataTokenOptions, secret));
    }

    private DataTokenSettings.KeyNames keyNames() {
        return switch (dataTokenNames) {
            case "s3" -> DataTokenSettings.KeyNames.S3;
            case "oss" -> DataTokenSettings.KeyNames.OSS;
            default -> throw wrong("--data-token-names is s3 or oss, not " + dataTokenNames);
        };
    }

    private Credentials.Basic basicCredentials(String pair) {
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw wrong("--basic is to be written USER:PASSWORD");
        }
        return new Credentials.Basic(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private Optional<Credentials.OAuth2> oauth2() {
        if (oauth2ClientId == null && oauth2ClientSecret == null) {
            return Optional.empty();
        }
        if (oauth2ClientId == null || oauth2ClientSecret == null) {
            throw wrong("--oauth2-client-id and --oauth2-client-secret belong together");
        }
        if (oauth2TokenLife < 1) {
            throw wrong("--oauth2-token-life is a number of seconds, 1 or more");
        }
        return Optional.of(new Credentials.OAuth2(
                oauth2ClientId,
                secret("--oauth2-client-secret", oauth2ClientSecret),
                Optional.ofNullable(oauth2Scope),
                Duration.ofSeconds(oauth2TokenLife)));
    }

    private Optional<Credentials.Dlf> dlf() {
        if (dlfAccessKeyId == null && dlfAccessKeySecret == null && dlfSecurityToken == null) {
            return Optional.empty();
        }
        if (dlfAccessKeyId == null || dlfAccessKeySecret == null) {
            throw wrong("--dlf-access-key-id and --dlf-access-key-secret belong together");
        }
        return Optional.of(new Credentials.Dlf(
                dlfAccessKeyId,
                secret("--dlf-access-key-secret", dlfAccessKeySecret),
                Optional.ofNullable(dlfSecurityToken).map(value -> secret("--dlf-security-token", value))));
    }

    private String secret(String option, String value) {
        try {
            return SecretArgument.resolve(value, System.getenv());
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
