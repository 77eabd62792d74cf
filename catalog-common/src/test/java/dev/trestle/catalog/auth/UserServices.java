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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** The services file of a user's jar, which an engine gives to the thread's context class loader. */
public final class UserServices implements AutoCloseable {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader loader;

    private UserServices(Path directory) {
        try {
            this.loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, before);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** @param providers names of classes; they need not exist */
    public static UserServices provide(Path directory, Class<?> service, String... providers) {
        try {
            Path services = Files.createDirectories(directory.resolve("META-INF/services"));
            Files.writeString(services.resolve(service.getName()), String.join("\n", providers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new UserServices(directory);
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }
}
