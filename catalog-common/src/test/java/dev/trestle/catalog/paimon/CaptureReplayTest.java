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
package dev.trestle.catalog.paimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProviders;
import dev.trestle.catalog.http.HttpMetrics;
import dev.trestle.catalog.http.HttpSettings;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.http.OkHttpTransport;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exchange of Paimon's own client with its own test server, with our client in its place: it sends an equivalent
 * request, and reads the same answer.
 */
@Timeout(60)
class CaptureReplayTest {

    /** What is not replayed, and why. */
    private record LeftOut(int first, int last, String why) {

        boolean covers(Exchange exchange) {
            return first <= exchange.number() && exchange.number() <= last;
        }
    }

    private static final List<LeftOut> LEFT_OUT = List.of(
            new LeftOut(101, 101, "the test server answers a listing of snapshots with a database"),
            new LeftOut(135, 135, "the test server answers a listing of consumers with a database"));

    /** Answers of the test server that are failures, by what our client makes of them where the status does not say it. */
    private static final Set<Integer> ANSWERED_WITH_500 = Set.of(74, 75, 78, 145);

    static Stream<Exchange> replayed() {
        return Exchange.all().stream()
                .filter(exchange -> LEFT_OUT.stream().noneMatch(leftOut -> leftOut.covers(exchange)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replayed")
    void sendsTheSameAndReadsTheAnswer(Exchange exchange) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(exchange.response());
            server.start();
            Throwable failure;
            try (HttpTransport transport = transport(server, exchange)) {
                failure = catchThrowable(() -> new Replay(exchange, transport).run());
            }

            if (failure instanceof AssertionError wrongReading) {
                throw wrongReading;
            }
            assertFailure(exchange, failure);
            assertThat(server.getRequestCount()).isEqualTo(1);
            assertRequest(exchange, server.takeRequest());
        }
    }

    @Test
    void leavesNoExchangeOutWithoutAReason() {
        List<Exchange> all = Exchange.all();

        assertThat(all).hasSize(186);
        assertThat(all.stream().map(Exchange::number)).doesNotHaveDuplicates();
        assertThat(LEFT_OUT).allSatisfy(leftOut -> assertThat(all.stream().filter(leftOut::covers))
                .as(leftOut.why())
                .hasSize(leftOut.last() - leftOut.first() + 1));
        assertThat(replayed()).hasSize(184);
    }

    private static void assertFailure(Exchange exchange, Throwable failure) {
        JsonNode body = exchange.responseBody();
        switch (exchange.status()) {
            case 200 -> assertThat(failure).isNull();
            case 401 ->
                assertThat(failure)
                        .isInstanceOf(NotAuthenticatedException.class)
                        .hasMessageContaining("token.provider")
                        .hasMessageNotContaining("wrong");
            case 404 -> {
                if (exchange.method().equals("GET")
                        && body.get("resourceType").asText().equals("SNAPSHOT")) {
                    assertThat(failure).isNull();
                } else {
                    assertThat(failure).isInstanceOfSatisfying(NoSuchResourceException.class, missing -> {
                        assertThat(missing.resourceType())
                                .isEqualTo(ResourceType.valueOf(
                                        body.get("resourceType").asText()));
                        assertThat(missing.resourceName())
                                .isEqualTo(body.get("resourceName").asText());
                    });
                    assertThat(failure).hasMessageContaining(body.get("message").asText());
                }
            }
            case 409 -> {
                assertThat(failure).isInstanceOfSatisfying(AlreadyExistsException.class, exists -> {
                    assertThat(exists.resourceType())
                            .isEqualTo(ResourceType.valueOf(
                                    body.get("resourceType").asText()));
                    assertThat(exists.resourceName())
                            .isEqualTo(body.get("resourceName").asText());
                });
                assertThat(failure).hasMessageContaining(body.get("message").asText());
            }
            case 500 -> {
                assertThat(ANSWERED_WITH_500).contains(exchange.number());
                assertThat(failure).isInstanceOfSatisfying(OutcomeUncertainException.class, uncertain -> assertThat(
                                uncertain.answered())
                        .isTrue());
            }
            case 501 -> assertThat(failure).isInstanceOf(UnsupportedByServiceException.class);
            default -> throw new AssertionError("no rule for status " + exchange.status());
        }
    }

    private static void assertRequest(Exchange exchange, RecordedRequest request) throws Exception {
        HttpUrl url = request.getUrl();
        assertThat(request.getMethod()).isEqualTo(exchange.method());
        assertThat(url.encodedPath()).as("RFC 3986, not a form").doesNotContain("+");
        assertThat(Arrays.stream(url.encodedPath().substring("/v1/".length()).split("/"))
                        .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(exchange.segments());
        assertThat(query(url)).isEqualTo(exchange.query());
        assertThat(request.getHeaders().get("Authorization"))
                .isEqualTo(exchange.requestHeader("Authorization").orElseThrow());
        assertThat(Optional.ofNullable(request.getHeaders().get("test-header")))
                .isEqualTo(exchange.requestHeader("test-header"));
        assertThat(body(request)).isEqualTo(exchange.requestBody());
    }

    private static JsonNode body(RecordedRequest request) throws Exception {
        return request.getBody() == null || request.getBody().size() == 0
                ? NullNode.getInstance()
                : Exchange.JSON.readTree(request.getBody().toByteArray());
    }

    private static Map<String, String> query(HttpUrl url) {
        Map<String, String> query = new TreeMap<>();
        url.queryParameterNames().forEach(name -> query.put(name, url.queryParameter(name)));
        return query;
    }

    private static HttpTransport transport(MockWebServer server, Exchange exchange) {
        String token = exchange.requestHeader("Authorization").orElseThrow().substring("Bearer ".length());
        HttpSettings defaults = HttpSettings.of(server.url("/").uri());
        HttpSettings settings = new HttpSettings(
                defaults.baseUri(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                1,
                Duration.ofSeconds(10),
                4,
                1 << 20,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                exchange.requestHeader("test-header")
                        .map(value -> Map.of("test-header", value))
                        .orElse(Map.of()),
                "test");
        return OkHttpTransport.open(
                settings,
                AuthProviders.create(new AuthOptions(Map.of("token.provider", "bear", "token", token))),
                HttpMetrics.NONE);
    }
}
