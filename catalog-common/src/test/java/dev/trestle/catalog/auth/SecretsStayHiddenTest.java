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
package dev.trestle.catalog.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Neither a text that may be logged nor an exception with all its causes holds a secret. */
class SecretsStayHiddenTest {

    private static final String SECRET = "Zx9-do-not-show";
    private static final RequestToSign REQUEST =
            new RequestToSign("GET", "localhost", "/v1/config", Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private static Path directory;

    static Stream<Arguments> values() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);
        Secret fromFile = Secret.of("token", "${file:" + file + "}");
        fromFile.reveal();
        return Stream.concat(
                Stream.of(
                        Arguments.of("literal", Secret.of("token", SECRET)),
                        Arguments.of("file", fromFile),
                        Arguments.of("options", new AuthOptions(Map.of("token", SECRET)))),
                Stream.of(
                                Map.of("token", SECRET),
                                Map.of("token.provider", "basic", "basic.username", SECRET, "basic.password", SECRET),
                                dlfKeys("default"),
                                dlfKeys("openapi"))
                        .map(SecretsStayHiddenTest::used));
    }

    private static Arguments used(Map<String, String> options) {
        AuthProvider provider = AuthProviders.create(new AuthOptions(options));
        provider.headers(REQUEST);
        return Arguments.of(options.getOrDefault("token.provider", "bear"), provider);
    }

    private static Map<String, String> dlfKeys(String algorithm) {
        return Map.of(
                "uri", "http://localhost",
                "token.provider", "dlf",
                "dlf.region", "cn-hangzhou",
                "dlf.signing-algorithm", algorithm,
                "dlf.access-key-id", "id",
                "dlf.access-key-secret", SECRET,
                "dlf.security-token", SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void noTextHoldsASecret(String name, Object value) {
        assertThat(value.toString()).as(name).doesNotContain(SECRET);
    }

    static Stream<Arguments> failures() {
        String control = "a\u0007" + SECRET;
        List<Map<String, String>> options = List.of(
                Map.of("token", control),
                Map.of("token", "${" + SECRET + "}"),
                Map.of("token.provider", "basic", "basic.username", "a:" + SECRET, "basic.password", SECRET),
                with(dlfKeys("default"), "dlf.security-token", control),
                with(dlfKeys("openapi"), "dlf.access-key-id", control),
                with(dlfKeys("md5"), "dlf.access-key-id", SECRET),
                with(dlfKeys("default"), "dlf.access-key-secret", "${env:TRESTLE_TEST_UNSET}"),
                tokenFile("not json " + SECRET),
                tokenFile("{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"" + SECRET + "\"," + SECRET),
                tokenFile("{\"AccessKeyId\":\"id\",\"AccessKeySecret\":[\"" + SECRET + "\"]}"),
                tokenFile("{\"AccessKeyId\":\"id\",\"SecurityToken\":\"" + SECRET + "\"}"),
                tokenFile("{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"" + SECRET + "\",\"SecurityToken\":\"" + SECRET
                        + "\\u0007\"}"),
                tokenFile("{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"" + SECRET + "\",\"Expiration\":\"" + SECRET
                        + "\"}"),
                tokenFile("{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"" + SECRET + "\",\"Expiration\":1}"));
        return options.stream()
                .map(map -> Arguments.of((ThrowingCallable)
                        () -> AuthProviders.create(new AuthOptions(map)).headers(REQUEST)));
    }

    private static Map<String, String> with(Map<String, String> options, String key, String value) {
        Map<String, String> changed = new HashMap<>(options);
        changed.put(key, value);
        return changed;
    }

    private static Map<String, String> tokenFile(String content) {
        try {
            Path file = Files.writeString(Files.createTempFile(directory, "token", ".json"), content);
            return Map.of(
                    "uri", "http://localhost",
                    "token.provider", "dlf",
                    "dlf.region", "cn-hangzhou",
                    "dlf.token-path", file.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noFailureHoldsASecret(ThrowingCallable failing) {
        Throwable failure = catchThrowable(failing);

        assertThat(failure).isInstanceOfAny(AuthenticationException.class, IllegalArgumentException.class);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET);
    }
}
