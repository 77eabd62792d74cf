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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user's provider that was compiled against a shipped jar works with it: what it names is not moved there. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class UserProviderIT {

    private static final Path LIB = Path.of(System.getProperty("trestle.jar.lib"));
    private static final String SOURCE =
            """
            package com.example.house;

            import dev.trestle.catalog.auth.AuthOptions;
            import dev.trestle.catalog.auth.AuthProvider;
            import dev.trestle.catalog.auth.AuthProviderFactory;
            import dev.trestle.catalog.auth.RequestToSign;
            import java.util.Map;

            public class HouseFactory implements AuthProviderFactory {
                public String identifier() {
                    return "house";
                }

                public AuthProvider create(AuthOptions options) {
                    String key = options.requireSecret("house.key").reveal();
                    return new AuthProvider() {
                        public Map<String, String> headers(RequestToSign request) {
                            return Map.of("x-house", key);
                        }

                        public boolean invalidate() {
                            return false;
                        }
                    };
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void isFoundByItsName() throws Exception {
        Path user = userJar();
        URL logging =
                org.slf4j.Logger.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader engine = new URLClassLoader(
                        new URL[] {LIB.toUri().toURL(), logging}, ClassLoader.getPlatformClassLoader());
                URLClassLoader session =
                        new URLClassLoader(new URL[] {user.toUri().toURL()}, engine)) {
            Thread.currentThread().setContextClassLoader(session);
            Class<?> options = engine.loadClass("dev.trestle.catalog.auth.AuthOptions");
            Class<?> request = engine.loadClass("dev.trestle.catalog.auth.RequestToSign");
            Method create =
                    engine.loadClass("dev.trestle.catalog.auth.AuthProviders").getMethod("create", options);

            Object provider = create.invoke(
                    null,
                    options.getConstructor(Map.class)
                            .newInstance(Map.of("token.provider", "house", "house.key", "k-1")));
            Object headers = engine.loadClass("dev.trestle.catalog.auth.AuthProvider")
                    .getMethod("headers", request)
                    .invoke(
                            provider,
                            request.getConstructors()[0].newInstance(
                                    "GET", "localhost", "/", Optional.empty(), Optional.empty(), Optional.empty()));

            assertThat(headers).isEqualTo(Map.of("x-house", "k-1"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private Path userJar() throws Exception {
        Path source = Files.writeString(directory.resolve("HouseFactory.java"), SOURCE);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                LIB.toString(),
                                source.toString()))
                .isZero();
        Path jar = directory.resolve("house.jar");
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
        return jar;
    }
}
