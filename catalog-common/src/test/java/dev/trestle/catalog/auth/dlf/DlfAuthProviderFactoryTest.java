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
package dev.trestle.catalog.auth.dlf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.MutableClock;
import dev.trestle.catalog.auth.RequestToSign;
import dev.trestle.catalog.auth.UserServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.factories.Factory;
import org.apache.paimon.options.Options;
import org.apache.paimon.rest.auth.DLFToken;
import org.apache.paimon.rest.auth.DLFTokenLoader;
import org.apache.paimon.rest.auth.DLFTokenLoaderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DlfAuthProviderFactoryTest {

    private static final RequestToSign REQUEST =
            new RequestToSign("GET", "localhost", "/v1/config", Optional.empty(), Optional.empty(), Optional.empty());
    private static final Map<String, String> KEYS =
            Map.of("dlf.access-key-id", "key", "dlf.access-key-secret", "secret", "dlf.security-token", "sts");

    private final Logger logger = (Logger) LoggerFactory.getLogger(DlfAuthProviderFactory.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final MutableClock clock = new MutableClock();

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void signsWithKeysByTheClock() {
        assertThat(create(KEYS).headers(REQUEST))
                .containsEntry("x-dlf-date", "20260131T120000Z")
                .containsEntry("x-dlf-security-token", "sts")
                .hasEntrySatisfying("Authorization", value -> assertThat(value)
                        .startsWith("DLF4-HMAC-SHA256 Credential=key/20260131/cn-hangzhou/DlfNext/"));
        assertThat(log.list).isEmpty();
    }

    @Test
    void theHostChoosesTheSignature() {
        Map<String, String> options = with(KEYS, "uri", "https://dlfnext.cn-hangzhou.aliyuncs.com");

        assertThat(create(options).headers(REQUEST).get("Authorization")).startsWith("acs key:");
    }

    @Test
    void theOptionChoosesTheSignatureOverTheHost() {
        Map<String, String> options = with(KEYS, "dlf.signing-algorithm", "OpenAPI");

        assertThat(create(options).headers(REQUEST).get("Authorization")).startsWith("acs key:");
    }

    @Test
    void anUnknownSignatureIsAnErrorThatListsTheKnown() {
        assertThatThrownBy(() -> create(with(KEYS, "dlf.signing-algorithm", "acs4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'dlf.signing-algorithm' is 'acs4', which is unknown. Known: default, openapi");
    }

    @Test
    void theOptionNamesTheRegionOverTheHost() {
        assertThat(create(with(KEYS, "dlf.region", "eu-central-1"))
                        .headers(REQUEST)
                        .get("Authorization"))
                .contains("/eu-central-1/");
    }

    @Test
    void aHostWithoutARegionAsksForTheOption() {
        assertThatThrownBy(() -> create(with(KEYS, "uri", "http://127.0.0.1:8080/cn-hangzhou")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The host '127.0.0.1' of option 'uri' names no region: set 'dlf.region', for example to"
                        + " cn-hangzhou");
    }

    @Test
    void openApiNeedsNoRegion() {
        Map<String, String> options = with(with(KEYS, "uri", "http://localhost"), "dlf.signing-algorithm", "openapi");

        assertThat(create(options).headers(REQUEST)).containsKey("Authorization");
    }

    @Test
    void withoutASourceOfATokenAllThreeAreNamed() {
        assertThatThrownBy(() -> create(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No source of a DLF token: set 'dlf.token-loader', 'dlf.token-path', or both"
                        + " 'dlf.access-key-id' and 'dlf.access-key-secret'");
    }

    @Test
    void halfAKeyNamesTheOtherHalf() {
        assertThatThrownBy(() -> create(Map.of("dlf.access-key-id", "key")))
                .hasMessage("Option 'dlf.access-key-secret' is missing");
        assertThatThrownBy(() -> create(Map.of("dlf.access-key-secret", "secret")))
                .hasMessage("Option 'dlf.access-key-id' is missing");
    }

    @Test
    void aRotatedKeyIsUsed() throws IOException {
        Path id = Files.writeString(directory.resolve("id"), "one");
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        AuthProvider provider = create(
                Map.of("dlf.access-key-id", "${file:" + id + "}", "dlf.access-key-secret", "${file:" + secret + "}"));
        provider.headers(REQUEST);

        Files.writeString(id, "another");

        assertThat(provider.headers(REQUEST).get("Authorization")).contains("Credential=another/");
        assertThat(provider.invalidate()).isTrue();
    }

    @Test
    void aLiteralKeyIsNotWorthASecondAttempt() {
        assertThat(create(KEYS).invalidate()).isFalse();
    }

    @Test
    void aTokenFileComesBeforeKeys() throws IOException {
        assertThat(accessKeyId(create(with(KEYS, "dlf.token-path", tokenFile("file")))))
                .isEqualTo("file");
        assertThat(warnings())
                .containsExactly("The DLF token comes from 'dlf.token-path'; ignored: dlf.access-key-id,"
                        + " dlf.access-key-secret, dlf.security-token");
    }

    @Test
    void aLoaderComesBeforeATokenFileAndKeys() throws IOException {
        try (UserServices services =
                UserServices.provide(directory, DlfTokenLoaderFactory.class, VaultFactory.class.getName())) {
            assertThat(services).isNotNull();
            Map<String, String> options =
                    with(with(KEYS, "dlf.token-path", tokenFile("file")), "dlf.token-loader", "vault");

            assertThat(accessKeyId(create(options))).isEqualTo("vault");
        }
        assertThat(warnings())
                .containsExactly("The DLF token comes from 'dlf.token-loader'; ignored: dlf.token-path,"
                        + " dlf.access-key-id, dlf.access-key-secret, dlf.security-token");
    }

    @Test
    void theLoaderOfLocalFilesReadsTheTokenPath() throws IOException {
        assertThat(accessKeyId(create(Map.of("dlf.token-loader", "local_file", "dlf.token-path", tokenFile("file")))))
                .isEqualTo("file");
        assertThat(log.list).isEmpty();
    }

    @Test
    void theLoaderOfLocalFilesNeedsAPath() {
        assertThatThrownBy(() -> create(Map.of("dlf.token-loader", "local_file")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'dlf.token-path' is missing");
    }

    @Test
    void theLoaderOfEcsIsKnown() {
        assertThat(create(Map.of("dlf.token-loader", "ecs"))).isNotNull();
    }

    @Test
    void anUnknownLoaderIsAnErrorThatListsTheKnown() {
        assertThatThrownBy(() -> create(Map.of("dlf.token-loader", "vault")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'dlf.token-loader' is 'vault', which is unknown. Known: ecs, local_file");
    }

    @Test
    void aLoaderThatWasWrittenForPaimonIsFound() throws IOException {
        try (UserServices services =
                UserServices.provide(directory, Factory.class, PaimonVaultFactory.class.getName())) {
            assertThat(services).isNotNull();
            Map<String, String> options = new HashMap<>(Map.of("dlf.token-loader", "paimon-vault"));
            options.put("vault.key", "${file:" + Files.writeString(directory.resolve("key"), "from-paimon") + "}");

            assertThat(accessKeyId(create(options))).isEqualTo("from-paimon");
        }
    }

    @Test
    void aTokenFileIsNotReadBeforeTheFirstRequest() {
        AuthProvider provider =
                create(Map.of("dlf.token-path", directory.resolve("absent").toString()));

        assertThatThrownBy(() -> provider.headers(REQUEST))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("does not exist");
    }

    private AuthProvider create(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("uri", "http://cn-hangzhou-vpc.dlf.aliyuncs.com"));
        all.putAll(options);
        return new DlfAuthProviderFactory(clock).create(new AuthOptions(all));
    }

    private static Map<String, String> with(Map<String, String> options, String key, String value) {
        Map<String, String> all = new HashMap<>(options);
        all.put(key, value);
        return all;
    }

    private static String accessKeyId(AuthProvider provider) {
        String authorization = provider.headers(REQUEST).get("Authorization");
        return authorization.replaceAll(".*Credential=([^/]*)/.*", "$1");
    }

    private List<String> warnings() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private String tokenFile(String id) throws IOException {
        return Files.writeString(
                        directory.resolve("token.json"),
                        "{\"AccessKeyId\":\"" + id + "\",\"AccessKeySecret\":\"secret\"}")
                .toString();
    }

    /** A user's own loader. */
    public static final class VaultFactory implements DlfTokenLoaderFactory {
        @Override
        public String identifier() {
            return "vault";
        }

        @Override
        public DlfTokenLoader create(AuthOptions options) {
            return new DlfTokenLoader() {
                @Override
                public DlfToken loadToken() {
                    return new DlfToken("vault", "secret", Optional.empty(), Optional.empty());
                }

                @Override
                public String description() {
                    return "vault";
                }
            };
        }
    }

    /** A user's own loader for Paimon's catalog. */
    public static final class PaimonVaultFactory implements DLFTokenLoaderFactory {
        @Override
        public String identifier() {
            return "paimon-vault";
        }

        @Override
        public DLFTokenLoader create(Options options) {
            return new DLFTokenLoader() {
                @Override
                public DLFToken loadToken() {
                    return new DLFToken(options.get("vault.key"), "secret", null, null);
                }

                @Override
                public String description() {
                    return "paimon-vault";
                }
            };
        }
    }
}
