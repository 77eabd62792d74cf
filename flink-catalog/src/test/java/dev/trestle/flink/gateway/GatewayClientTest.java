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
package dev.trestle.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Finding a gateway and agreeing on a version with it. */
@Timeout(30)
class GatewayClientTest {

    @AutoClose
    private final ScriptedGateway gateway = new ScriptedGateway();

    @Test
    void agreesOnTheNewestVersionThatBothKnow() {
        gateway.offer("V1", "V2", "V3");
        try (GatewayClient client = gateway.connect(Map.of())) {
            assertThat(client.apiVersion()).isEqualTo(ApiVersion.V3);
            assertThat(client.offeredVersions()).containsExactly("V1", "V2", "V3");
            gateway.answer("{'productName':'Apache Flink','version':'1.20.1'}");
            assertThat(client.fetchInfo()).isEqualTo(new GatewayInfo("Apache Flink", "1.20.1"));
        }
        assertThat(gateway.takeLine()).isEqualTo("GET /v1/api_versions");
        assertThat(gateway.takeLine()).isEqualTo("GET /v3/info");
    }

    @Test
    void passesOverVersionsOfANewerGateway() {
        try (GatewayClient client = gateway.connected("V1", "V4", "V5")) {
            assertThat(client.apiVersion()).isEqualTo(ApiVersion.V4);
        }
    }

    @Test
    void speaksNoNewerVersionThanItIsTold() {
        gateway.offer("V1", "V2", "V3", "V4");

        try (GatewayClient client = GatewayClient.connect(GatewaySettings.of(gateway.uri()), ApiVersion.V2)) {
            assertThat(client.apiVersion()).isEqualTo(ApiVersion.V2);
        }
    }

    @Test
    void refusesAGatewayWithoutAKnownVersion() {
        gateway.offer("V9");

        assertThatThrownBy(() -> gateway.connect(Map.of()))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("V9")
                .hasMessageContaining("V4");
    }

    @Test
    void tellsAnHtmlPageFromAGateway() {
        gateway.server().enqueue(new MockResponse(200, Headers.of("Content-Type", "text/html"), "<html>secret</html>"));

        assertThatThrownBy(() -> gateway.connect(Map.of()))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("text/html")
                .hasMessageNotContaining("secret");
    }

    @Test
    void doesNotFollowARedirect() {
        gateway.server().enqueue(new MockResponse(302, Headers.of("Location", "http://elsewhere.example/"), ""));

        assertThatThrownBy(() -> gateway.connect(Map.of()))
                .isInstanceOf(GatewayUnreachableException.class)
                .hasMessageContaining("redirects to http://elsewhere.example");
        assertThat(gateway.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void saysWhereNothingAnswers() {
        URI uri = gateway.uri();
        gateway.close();

        assertThatThrownBy(() -> GatewayClient.connect(
                        GatewaySettings.of(Map.of("uri", uri.toString(), "http.max-attempts", "1"))))
                .isInstanceOfSatisfying(GatewayUnreachableException.class, e -> assertThat(e.mayHaveArrived())
                        .isFalse())
                .hasMessageContaining("list versions of the gateway's API")
                .hasMessageContaining(uri.getHost() + ":" + uri.getPort());
    }

    @Test
    void keepsThePathBelowWhichAProxyHasTheGateway() {
        gateway.offer("V2");

        gateway.connect(Map.of("uri", gateway.uri().resolve("/flink/gateway/").toString()))
                .close();

        assertThat(gateway.takeLine()).isEqualTo("GET /flink/gateway/v1/api_versions");
    }

    @Test
    void sendsItsHeadersAndShowsNoneOfTheirValues() {
        Map<String, String> options =
                Map.of("uri", gateway.uri().toString(), "header.Authorization", "Bearer abc", "header.x-team", "t1");
        gateway.offer("V4");

        gateway.connect(options).close();

        Headers sent = gateway.take().getHeaders();
        assertThat(sent.get("Authorization")).isEqualTo("Bearer abc");
        assertThat(sent.get("x-team")).isEqualTo("t1");
        assertThat(GatewaySettings.of(options).toString())
                .contains("Authorization")
                .doesNotContain("abc");
    }
}
