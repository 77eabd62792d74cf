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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;

/** One exchange between Paimon 1.4.2's own client and its own test server, as it went over the wire. */
record Exchange(int number, String file, JsonNode capture) {

    static final ObjectMapper JSON = new ObjectMapper();

    static List<Exchange> all() {
        try (Stream<Path> files = Files.list(
                Path.of(Exchange.class.getResource("/paimon-rest-capture").toURI()))) {
            return files.sorted().map(Exchange::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Exchange read(Path file) {
        String name = file.getFileName().toString();
        try {
            return new Exchange(Integer.parseInt(name.substring(0, 3)), name, JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    String method() {
        return capture.get("method").asText();
    }

    /** The decoded segments after {@code /v1}; Paimon's client encodes them like a form. */
    List<String> segments() {
        return Arrays.stream(uri().getRawPath().substring("/v1/".length()).split("/"))
                .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
                .toList();
    }

    Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        Optional.ofNullable(uri().getRawQuery()).stream()
                .flatMap(raw -> Arrays.stream(raw.split("&")))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return query;
    }

    Optional<String> requestHeader(String name) {
        return Optional.ofNullable(capture.get("requestHeaders").get(name)).map(JsonNode::asText);
    }

    JsonNode requestBody() {
        return capture.get("requestBody");
    }

    int status() {
        return capture.get("status").asInt();
    }

    JsonNode responseBody() {
        return capture.get("responseBody");
    }

    MockResponse response() {
        MockResponse.Builder response = new MockResponse.Builder()
                .code(status())
                .body(capture.get("responseBodyRaw").asText());
        Optional.ofNullable(capture.get("responseHeaders").get("Content-Type"))
                .ifPresent(type -> response.setHeader("Content-Type", type.asText()));
        return response.build();
    }

    private URI uri() {
        return URI.create(capture.get("path").asText());
    }

    @Override
    public String toString() {
        return file;
    }
}
