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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.utils.InstantiationUtil;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider that a user has compiled and packed, in a class loader of its own, as engines load the jars of users. */
@Timeout(60)
class UserJarTest {

    private static final String SOURCE =
            """
            package com.example.house;

            import dev.trestle.catalog.auth.AuthOptions;
            import dev.trestle.catalog.auth.AuthProvider;
            import dev.trestle.catalog.auth.AuthProviderFactory;
            import dev.trestle.catalog.auth.RequestToSign;
            import dev.trestle.catalog.auth.Secret;
            import java.util.Map;

            public class HouseFactory implements AuthProviderFactory {
                public String identifier() {
                    return "house";
                }

                public AuthProvider create(AuthOptions options) {
                    Secret key = options.requireSecret("house.key");
                    return new AuthProvider() {
                        public Map<String, String> headers(RequestToSign request) {
                            return Map.of(
                                    "x-house", key.reveal() + " " + request.method(),
                                    "x-jars", getClass().getClassLoader().getName());
                        }

                        public boolean invalidate() {
                            return key.invalidate();
                        }
                    };
                }
            }
            """;

    @TempDir
    private Path directory;

    private final MockWebServer service = new MockWebServer();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void start() throws IOException {
        service.start();
    }

    @AfterEach
    void stop() {
        Thread.currentThread().setContextClassLoader(before);
        service.close();
    }

    @Test
    void isFoundByItsName() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "k-1");
        service.enqueue(new MockResponse.Builder().body("{}").build());
        Map<String, String> options = Map.of(
                "uri", service.url("/").toString(), "token.provider", "house", "house.key", "${file:" + key + "}");
        assertThatThrownBy(() -> RestCatalog.open(options)).hasMessageContaining("'house', which is unknown");

        try (URLClassLoader user = user("one")) {
            Thread.currentThread().setContextClassLoader(user);
            try (RestCatalog catalog = RestCatalog.open(options)) {
                assertThat(catalog.options()).containsEntry("token.provider", "house");
            }
        }

        assertThat(service.takeRequest().getHeaders().get("x-house")).isEqualTo("k-1 GET");
    }

    /** The process has the library once; sessions have jars of their own, and one may end before the other begins. */
    @Test
    void isTheOneOfTheSessionThatOpensTheCatalog() throws Throwable {
        Map<String, String> options =
                Map.of("uri", service.url("/").toString(), "token.provider", "house", "house.key", "k");

        try (URLClassLoader one = user("one")) {
            Thread.currentThread().setContextClassLoader(one);
            assertThat(jarsOf(() -> RestCatalog.open(options))).isEqualTo("one");
        }
        try (URLClassLoader two = user("two")) {
            Thread.currentThread().setContextClassLoader(two);
            assertThat(jarsOf(() -> RestCatalog.open(options))).isEqualTo("two");
        }
    }

    @Test
    void isTheOneOfTheJobAlsoInAThreadOfAnother() throws Throwable {
        Map<String, String> options =
                Map.of("uri", service.url("/").toString(), "token.provider", "house", "house.key", "travels");
        try (URLClassLoader job = user("job")) {
            Thread.currentThread().setContextClassLoader(job);
            service.enqueue(new MockResponse.Builder().body("{}").build());
            CatalogLoader arrived = InstantiationUtil.deserializeObject(
                    InstantiationUtil.serializeObject(RestCatalog.open(options).catalogLoader()), job);
            service.takeRequest();
            Thread.currentThread().setContextClassLoader(before);

            assertThat(jarsOf(() -> arrived.load().listDatabases())).isEqualTo("job");
        }
    }

    private String jarsOf(ThrowingCallable call) throws Throwable {
        service.enqueue(new MockResponse.Builder().body("{}").build());
        call.call();
        return service.takeRequest().getHeaders().get("x-jars");
    }

    private URLClassLoader user(String name) throws IOException {
        Path jar = directory.resolve("house.jar");
        if (!Files.exists(jar)) {
            pack(jar);
        }
        return new URLClassLoader(name, new URL[] {jar.toUri().toURL()}, before);
    }

    private void pack(Path jar) throws IOException {
        Path source = Files.writeString(directory.resolve("HouseFactory.java"), SOURCE);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString()))
                .isZero();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
            entries.putNextEntry(new JarEntry("META-INF/services/dev.trestle.catalog.auth.AuthProviderFactory"));
            entries.write("com.example.house.HouseFactory\n".getBytes(StandardCharsets.UTF_8));
        }
    }
}
