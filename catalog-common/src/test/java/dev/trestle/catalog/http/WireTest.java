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
package dev.trestle.catalog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.auth.RequestToSign;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that leave, read off a socket, and that they are what was signed. */
@Timeout(60)
class WireTest {

    private final FakeAuthProvider auth = FakeAuthProvider.fixed();
    private RawServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RawServer(RawServer.ok());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    db            | db
                    a/b           | a%2Fb
                    a%2Fb         | a%252Fb
                    100%          | 100%25
                    a+b           | a%2Bb
                    t$snapshots   | t%24snapshots
                    a b           | a%20b
                    "quoted"      | %22quoted%22
                    back\\slash   | back%5Cslash
                    semi;colon    | semi%3Bcolon
                    a?b=c&d#e     | a%3Fb%3Dc%26d%23e
                    a:b@c         | a%3Ab%40c
                    [1]{2}^`      | %5B1%5D%7B2%7D%5E%60
                    é             | %C3%A9
                    库            | %E5%BA%93
                    🦆            | %F0%9F%A6%86
                    ...           | ...
                    .hidden       | .hidden
                    -_.~          | -_.~
                    !'()*,        | %21%27%28%29%2A%2C
                    %2e%2e        | %252e%252e
                    """)
    void encodesANameIntoOneSegment(String name, String encoded) {
        send(server.uri(), HttpCalls.get("v1", name, "tables"));

        assertThat(server.requests().get(0)).startsWith("GET /v1/" + encoded + "/tables HTTP/1.1\r\n");
        assertThat(auth.signed().get(0).encodedPath()).isEqualTo("/v1/" + encoded + "/tables");
    }

    @Test
    void encodesControlCharactersIntoOneSegment() {
        send(server.uri(), HttpCalls.get("a\r\nb\tc\u0000d"));

        assertThat(server.requests().get(0)).startsWith("GET /a%0D%0Ab%09c%00d HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "\uD83E"})
    void refusesANameThatNoUrlCanCarry(String name) {
        assertThatThrownBy(() -> send(server.uri(), HttpCalls.get("v1", "databases", name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot get database 'db': ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void sendsTheQueryInItsOrder() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("tableNamePattern", "a%b c+d");
        query.put("maxResults", "10");
        query.put("pageToken", "é=&#/?");
        query.put("empty", "");

        send(
                server.uri(),
                new HttpCall("listTables", "", Method.GET, List.of("v1"), query, Optional.empty(), Repeat.READ));

        String expected = "tableNamePattern=a%25b+c%2Bd&maxResults=10&pageToken=%C3%A9%3D%26%23%2F%3F&empty=";
        assertThat(server.requests().get(0)).startsWith("GET /v1?" + expected + " HTTP/1.1\r\n");
        assertThat(auth.signed().get(0).encodedQuery()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"'',/v1/t", "/,/v1/t", "/api,/api/v1/t", "/api/,/api/v1/t", "/api//,/api/v1/t", "/a%20b/c,/a%20b/c/v1/t"
    })
    void putsThePathBelowTheBase(String base, String path) {
        send(URI.create(server.uri() + base), HttpCalls.get("v1", "t"));

        assertThat(server.requests().get(0)).startsWith("GET " + path + " HTTP/1.1\r\n");
        assertThat(auth.signed().get(0).encodedPath()).isEqualTo(path);
    }

    @Test
    void sendsExactlyWhatWasSigned() {
        String json = "{\"name\":\"库 é\"}";
        send(server.uri(), HttpCalls.post(Repeat.CHANGE, json));

        RequestToSign signed = auth.signed().get(0);
        String request = server.requests().get(0);
        assertThat(request)
                .startsWith(signed.method() + " " + signed.encodedPath() + " HTTP/1.1\r\n")
                .contains("\r\nHost: " + signed.host() + "\r\n")
                .contains("\r\nContent-Type: " + signed.contentType().orElseThrow() + "\r\n")
                .contains("\r\nContent-Length: " + signed.body().orElseThrow().length + "\r\n")
                .endsWith("\r\n\r\n" + new String(signed.body().orElseThrow(), StandardCharsets.UTF_8));
        assertThat(signed.host()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(signed.contentType()).contains("application/json");
        assertThat(signed.encodedQuery()).isEmpty();
        assertThat(request).endsWith(json);
    }

    @Test
    void aChangeWithoutABodyIsSignedWithoutOne() {
        send(
                server.uri(),
                new HttpCall(
                        "markDone", "'t'", Method.POST, List.of("done"), Map.of(), Optional.empty(), Repeat.CHANGE));

        assertThat(server.requests().get(0))
                .contains("\r\nContent-Length: 0\r\n")
                .doesNotContainIgnoringCase("content-type");
        assertThat(auth.signed().get(0).contentType()).isEmpty();
        assertThat(auth.signed().get(0).body()).isEmpty();
    }

    @Test
    void sendsTheHeadersOfTheSettingsTheProviderAndTheContext() {
        HttpSettings settings = TestSettings.of(server.uri())
                .headers(Map.of("test-header", "value", "Authorization", "of the settings"))
                .build();
        try (OkHttpTransport transport = OkHttpTransport.open(settings, auth, HttpMetrics.NONE);
                CallContext.Scope scope = CallContext.withQueryId("query-7")) {
            transport.send(HttpCalls.read());
        }

        assertThat(server.requests().get(0))
                .contains("\r\ntest-header: value\r\n")
                .contains("\r\nAuthorization: Bearer " + FakeAuthProvider.SECRET + "-1\r\n")
                .contains("\r\nAccept: application/json\r\n")
                .contains("\r\nUser-Agent: trestle/test\r\n")
                .contains("\r\nx-trestle-query-id: query-7\r\n")
                .containsPattern("\r\nx-request-id: [0-9a-f-]{36}\r\n")
                .doesNotContain("of the settings");
    }

    @Test
    void sendsWhatTheProviderSignedInPlaceOfItsOwnHeaders() {
        HttpSettings settings = HttpSettings.of(server.uri());
        Map<String, String> signed = Map.of(
                "Host",
                "signed.example",
                "Content-Type",
                "application/json",
                "Accept",
                "application/json; v=1",
                "Date",
                "d");
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings, new FunctionAuthProvider(request -> signed), HttpMetrics.NONE)) {
            transport.send(HttpCalls.change());
        }

        assertThat(server.requests().get(0))
                .contains("\r\nHost: signed.example\r\n")
                .contains("\r\nAccept: application/json; v=1\r\n")
                .contains("\r\nDate: d\r\n")
                .containsOnlyOnce("Host: ")
                .containsOnlyOnce("Accept: ")
                .containsOnlyOnce("Content-Type: ");
    }

    @Test
    void replacesWhatNoHeaderCanCarryInAQueryId() {
        try (CallContext.Scope scope = CallContext.withQueryId("line\nbreak")) {
            send(server.uri(), HttpCalls.read());
        }

        assertThat(server.requests().get(0)).contains("\r\nx-trestle-query-id: line?break\r\n");
    }

    private void send(URI base, HttpCall call) {
        try (OkHttpTransport transport =
                OkHttpTransport.open(TestSettings.of(base).build(), auth, HttpMetrics.NONE)) {
            transport.send(call);
        }
    }
}
