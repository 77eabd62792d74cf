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

import dev.trestle.catalog.auth.AuthenticationException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EcsRoleTokenLoaderTest {

    private static final String PATH = "/latest/meta-data/Ram/security-credentials/";
    private static final String TOKEN =
            "{\"AccessKeyId\":\"STS.id\",\"AccessKeySecret\":\"secret\",\"SecurityToken\":\"sts\","
                    + "\"Expiration\":\"2026-01-31T18:00:00Z\",\"Code\":\"Success\"}";

    private final MockWebServer metadata = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        metadata.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        metadata.close();
    }

    @Test
    void discoversTheRoleAndGetsItsToken() throws InterruptedException {
        metadata.enqueue(answer("lake-reader\n"));
        metadata.enqueue(answer(TOKEN));

        assertThat(loader(Optional.empty()).loadToken().accessKeyId()).isEqualTo("STS.id");

        assertThat(metadata.takeRequest().getTarget()).isEqualTo(PATH);
        assertThat(metadata.takeRequest().getTarget()).isEqualTo(PATH + "lake-reader");
    }

    @Test
    void aNamedRoleIsNotDiscovered() throws InterruptedException {
        metadata.enqueue(answer(TOKEN));

        loader(Optional.of("named")).loadToken();

        assertThat(metadata.getRequestCount()).isEqualTo(1);
        assertThat(metadata.takeRequest().getTarget()).isEqualTo(PATH + "named");
    }

    @Test
    void aUrlWithoutTheSlashAtItsEndWorks() throws InterruptedException {
        metadata.enqueue(answer(TOKEN));
        String url = url();

        new EcsRoleTokenLoader(url.substring(0, url.length() - 1), Optional.of("named")).loadToken();

        assertThat(metadata.takeRequest().getTarget()).isEqualTo(PATH + "named");
    }

    @Test
    void aRefreshedTokenIsOfTheRoleThatTheInstanceHasThen() {
        DlfTokenLoader loader = loader(Optional.empty());
        metadata.enqueue(answer("one"));
        metadata.enqueue(answer(TOKEN));
        loader.loadToken();

        metadata.enqueue(answer("two"));
        metadata.enqueue(answer(TOKEN.replace("STS.id", "STS.two")));

        assertThat(loader.loadToken().accessKeyId()).isEqualTo("STS.two");
    }

    @Test
    void anInstanceWithoutARoleIsToldToAttachOne() {
        metadata.enqueue(new MockResponse.Builder().code(404).body("<html>").build());

        assertThatThrownBy(() -> loader(Optional.empty()).loadToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(
                        "The ECS metadata service at " + url() + " does not have the instance's RAM role: attach a RAM"
                                + " role to the instance, and check 'dlf.token-ecs-role-name' where it is set");
    }

    @Test
    void anotherStatusIsNamed() {
        metadata.enqueue(new MockResponse.Builder().code(503).body("s3cret").build());

        assertThatThrownBy(() -> loader(Optional.of("named")).loadToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("The ECS metadata service at " + url()
                        + "named answered 503 when asked for the token of RAM" + " role 'named'");
    }

    @Test
    void whatIsNoRolesNameIsNotAskedFor() {
        metadata.enqueue(answer("<html>Welcome</html>"));

        assertThatThrownBy(() -> loader(Optional.empty()).loadToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("set 'dlf.token-ecs-role-name'");
        assertThat(metadata.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        metadata.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", url() + "elsewhere")
                .build());

        assertThatThrownBy(() -> loader(Optional.of("named")).loadToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("answered 302");
        assertThat(metadata.getRequestCount()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsTooLongIsNotReadWhole() {
        metadata.enqueue(answer("x".repeat(1_000_000)));

        assertThatThrownBy(() -> loader(Optional.of("named")).loadToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("answered with more than 65536 bytes");
    }

    @Test
    void aBrokenAnswerIsNamedWithItsUrl() {
        metadata.enqueue(answer("{\"AccessKeyId\": s3cret"));

        assertThatThrownBy(() -> loader(Optional.of("named")).loadToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("The ECS metadata service at " + url() + "named holds no valid JSON");
    }

    @Test
    void aServiceThatDoesNotAnswerIsGivenUp() {
        metadata.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        DlfTokenLoader loader = new EcsRoleTokenLoader(url(), Optional.of("named"), Duration.ofMillis(200));

        assertThatThrownBy(loader::loadToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("is this an ECS instance? Check 'dlf.token-ecs-metadata-url'");
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        String url = url();
        metadata.close();

        assertThatThrownBy(() -> new EcsRoleTokenLoader(url, Optional.empty()).loadToken())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("The ECS metadata service at " + url + " could not be asked");
    }

    @Test
    void aUrlThatIsNoneIsRefusedAtOnce() {
        assertThatThrownBy(() -> new EcsRoleTokenLoader("metadata", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'dlf.token-ecs-metadata-url' is no http or https URL");
    }

    private DlfTokenLoader loader(Optional<String> role) {
        return new EcsRoleTokenLoader(url(), role);
    }

    private String url() {
        return metadata.url(PATH).toString();
    }

    private static MockResponse answer(String body) {
        return new MockResponse.Builder().code(200).body(body).build();
    }
}
