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

import dev.trestle.catalog.auth.RequestToSign;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests of any shape, the same ones in each run. */
final class RandomRequests {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    private static final String SPECIAL = " %/+&=?*~$#.-_'\"<>|\\^`{}[]()!@:;,\tßé中文\u00a0\u202e";

    private final Random random;

    RandomRequests(long seed) {
        this.random = new Random(seed);
    }

    /** A request as each side wants it: decoded for Paimon, encoded for ours. */
    record Sample(
            String method,
            String host,
            String encodedPath,
            Map<String, String> parameters,
            String encodedQuery,
            String body,
            DlfToken token,
            String region,
            Instant now) {

        RequestToSign request() {
            return new RequestToSign(
                    method,
                    host,
                    encodedPath,
                    parameters.isEmpty() ? Optional.empty() : Optional.of(encodedQuery),
                    body.isEmpty() ? Optional.empty() : Optional.of("application/json"),
                    body.isEmpty() ? Optional.empty() : Optional.of(body.getBytes(UTF_8)));
        }
    }

    Stream<Sample> samples(int count) {
        return Stream.generate(this::sample).limit(count);
    }

    private Sample sample() {
        UnaryOperator<String> encoding =
                random.nextBoolean() ? RandomRequests::formEncoded : RandomRequests::percentEncoded;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            parameters.put("k" + text(6).strip(), random.nextInt(4) == 0 ? "" : text(20));
        }
        return new Sample(
                METHODS.get(random.nextInt(METHODS.size())),
                random.nextBoolean() ? "cn-hangzhou-vpc.dlf.aliyuncs.com" : "localhost:" + (1 + random.nextInt(65535)),
                encodedPath(encoding),
                parameters,
                parameters.entrySet().stream()
                        .map(parameter -> encoding.apply(parameter.getKey())
                                + (parameter.getValue().isEmpty() && random.nextBoolean()
                                        ? ""
                                        : "=" + encoding.apply(parameter.getValue())))
                        .collect(Collectors.joining("&")),
                random.nextBoolean() ? "" : text(200),
                new DlfToken(
                        "id" + random.nextInt(),
                        "secret" + text(20),
                        random.nextBoolean() ? Optional.of("sts+/=" + random.nextLong()) : Optional.empty(),
                        Optional.empty()),
                random.nextBoolean() ? "cn-hangzhou" : "ap-southeast-1",
                Instant.ofEpochSecond(random.nextLong(4_000_000_000L)));
    }

    private String encodedPath(UnaryOperator<String> encoding) {
        List<String> segments = new ArrayList<>(List.of("", "v1"));
        for (int i = random.nextInt(6); i > 0; i--) {
            segments.add(encoding.apply(text(15)));
        }
        return String.join("/", segments);
    }

    /** Of one character or more, some of them outside the Basic Multilingual Plane. */
    private String text(int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(maxLength); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                case 1 -> text.appendCodePoint(0x1F600 + random.nextInt(64));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String percentEncoded(String text) {
        return formEncoded(text).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
