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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.catalog.auth.RequestToSign;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The headers that Paimon 1.4.2's signers compute for fixed requests, keys, times and nonces, byte for byte. */
class SigningVectorsTest {

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = SigningVectorsTest.class.getResourceAsStream("signing-vectors.json")) {
            JsonNode vectors = new ObjectMapper().readTree(in);
            return StreamSupport.stream(vectors.spliterator(), false).map(Vector::new);
        }
    }

    @Test
    void bothSignersHaveVectors() throws IOException {
        assertThat(vectors().map(vector -> vector.text("algorithm"))).contains("default", "openapi");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signsAsPaimonDoes(Vector vector) {
        Map<String, String> headers = vector.signer()
                .sign(
                        vector.request(),
                        vector.token(),
                        Instant.ofEpochMilli(vector.json.get("epochMillis").asLong()));

        assertThat(headers).isEqualTo(vector.expectedHeaders());
    }

    record Vector(JsonNode json) {

        String text(String field) {
            return json.get(field).textValue();
        }

        RequestSigner signer() {
            return switch (text("algorithm")) {
                case "default" -> new DefaultSigner(text("region"));
                case "openapi" ->
                    new OpenApiSigner(() ->
                            json.get("signHeaders").get("x-acs-signature-nonce").textValue());
                default -> throw new AssertionError(text("algorithm"));
            };
        }

        /** With the query as it was sent, which is not as it is signed: a space there is {@code %20}. */
        RequestToSign request() {
            byte[] body = text("body").getBytes(UTF_8);
            String query = text("requestUrlQuery");
            return new RequestToSign(
                    text("method"),
                    text("host"),
                    text("resourcePath"),
                    query.isEmpty() ? Optional.empty() : Optional.of(query.substring(1)),
                    body.length == 0 ? Optional.empty() : Optional.of("application/json"),
                    body.length == 0 ? Optional.empty() : Optional.of(body));
        }

        DlfToken token() {
            return new DlfToken(
                    text("accessKeyId"),
                    text("accessKeySecret"),
                    Optional.ofNullable(text("securityToken")),
                    Optional.empty());
        }

        Map<String, String> expectedHeaders() {
            Map<String, String> headers = new HashMap<>();
            json.get("signHeaders")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().textValue()));
            headers.put("Authorization", text("authorization"));
            return headers;
        }

        @Override
        public String toString() {
            return text("algorithm") + ": " + text("name");
        }
    }
}
