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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.EmbeddedTestServer;
import io.trino.spi.connector.Connector;
import io.trino.testing.TestingConnectorContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a catalog file must and must not say, found out when the catalog is made. */
@Timeout(120)
final class CatalogStartTest {

    private static final String NOWHERE = "http://127.0.0.1:1";

    @Test
    void theServiceMustBeNamed() {
        refusal(Map.of("trestle.warehouse", "wh")).hasMessageContaining("Option 'trestle.uri' is missing");
    }

    @Test
    void anUnknownPropertyNamesTheNearestSharedOption() {
        refusal(Map.of("trestle.uri", NOWHERE, "trestle.warehose", "wh"))
                .hasMessageContaining("Option 'trestle.warehose' is unknown: did you mean 'trestle.warehouse'?");
    }

    @Test
    void anUnknownPropertyNamesTheNearestOneOfTheConnector() {
        refusal(Map.of("trestle.uri", NOWHERE, "trestle.securty", "none"))
                .hasMessageContaining("Option 'trestle.securty' is unknown: did you mean 'trestle.security'?");
    }

    @Test
    void aWrongValueIsNamed() {
        refusal(Map.of("trestle.uri", NOWHERE, "trestle.http.max-attempts", "many"))
                .hasMessageContaining("Option 'trestle.http.max-attempts' must be a whole number of 1 or more");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        refusal(Map.of("trestle.http.max-attempts", "many", "trestle.warehose", "wh"))
                .hasMessageContaining("trestle.uri")
                .hasMessageContaining("trestle.http.max-attempts")
                .hasMessageContaining("trestle.warehose");
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        refusal(Map.of("trestle.uri", "ftp://lake")).hasMessageContaining("Option 'trestle.uri' must begin with http");
    }

    @Test
    void aMissingCredentialIsNamed() {
        refusal(Map.of("trestle.uri", NOWHERE, "trestle.token.provider", "basic", "trestle.basic.username", "me"))
                .hasStackTraceContaining("'trestle.basic.password'");
    }

    @Test
    void noSecretIsShown() {
        String shown = text(Map.of(
                "trestle.uri", NOWHERE,
                "trestle.token", "tell-nobody",
                "trestle.basic.passwrd", "tell-nobody",
                "trestle.token.provider", "nosuch"));

        assertThat(shown).contains("trestle.basic.passwrd").doesNotContain("tell-nobody");
    }

    @Test
    void userTokenPropertiesNeedUserTokens() {
        refusal(Map.of("trestle.uri", NOWHERE, "trestle.user-token.fallback", "deny"))
                .hasMessageContaining("'trestle.user-token.fallback' has a meaning only with 'trestle.security'");
    }

    @Test
    void credentialsThatNoSessionUsesAreRefused() {
        refusal(Map.of("trestle.uri", NOWHERE, "trestle.security", "user-token", "trestle.token", "tell-nobody"))
                .hasMessageContaining("'trestle.token' says who the catalog is, but no session uses that")
                .hasMessageNotContaining("tell-nobody");
    }

    @Test
    void aWrongChoiceIsNamed() {
        refusal(Map.of("trestle.uri", NOWHERE, "trestle.security", "kerberos"))
                .hasMessageContaining("trestle.security");
    }

    @Test
    void aTokenThatTheServiceRefusesIsAnErrorOfTheStartThatNamesItsProperty(@TempDir Path directory) {
        try (EmbeddedTestServer server = EmbeddedTestServer.withToken(directory)) {
            Map<String, String> properties = TrestleQueryRunner.catalogProperties(server);
            properties.put("trestle.token", "not-the-token");

            assertThat(text(properties))
                    .contains("401")
                    .contains("does not accept who the catalog is, as the catalog file says by 'trestle.token',")
                    .doesNotContain("not-the-token");
        }
    }

    @Test
    void aServiceThatAsksForATokenIsAnErrorOfTheStartThatSaysWhatToSet(@TempDir Path directory) {
        try (EmbeddedTestServer server = EmbeddedTestServer.withToken(directory)) {
            Map<String, String> properties = TrestleQueryRunner.catalogProperties(server);
            properties.remove("trestle.token.provider");
            properties.remove("trestle.token");

            assertThat(text(properties)).contains("401").contains("set 'trestle.token.provider'");
        }
    }

    @Test
    void aTokenInAFileIsReferredToWithAnAtSign(@TempDir Path directory) throws Exception {
        try (EmbeddedTestServer server = EmbeddedTestServer.withToken(directory)) {
            Map<String, String> properties = TrestleQueryRunner.catalogProperties(server);
            Path token = Files.writeString(directory.resolve("token"), properties.get("trestle.token"));
            properties.put("trestle.token", "@{file:" + token + "}");

            create(properties).shutdown();
        }
    }

    /** The server's other catalogs must not wait for this one's service. */
    @Test
    void aServiceThatIsDownIsNoErrorOfTheStart() {
        create(Map.of("trestle.uri", NOWHERE, "trestle.http.max-attempts", "1")).shutdown();
    }

    private static Connector create(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("bootstrap.quiet", "true");
        return new TrestleConnectorFactory().create("lake", all, new TestingConnectorContext());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refusal(Map<String, String> properties) {
        return assertThatThrownBy(() -> create(properties));
    }

    private static String text(Map<String, String> properties) {
        StringWriter text = new StringWriter();
        refusal(properties).satisfies(thrown -> thrown.printStackTrace(new PrintWriter(text)));
        return text.toString();
    }
}
