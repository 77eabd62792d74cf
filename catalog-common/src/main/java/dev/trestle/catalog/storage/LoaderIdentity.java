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
package dev.trestle.catalog.storage;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.apache.paimon.fs.FileIOLoader;

/**
 * What tells one engine's means of reaching files from another. A loader that holds nothing, as Flink's, is the same as any
 * other of its class, also after it was sent to a task; one that holds file systems or credentials is equal only to what it
 * says itself.
 */
public record LoaderIdentity(Object value) {

    private static final LoaderIdentity NONE = new LoaderIdentity("none");

    public LoaderIdentity {
        requireNonNull(value, "value is null");
    }

    /** @param loader empty where the engine gave none */
    public static LoaderIdentity of(Optional<FileIOLoader> loader) {
        return loader.map(given -> new LoaderIdentity(holdsNothing(given.getClass()) ? given.getClass() : given))
                .orElse(NONE);
    }

    private static boolean holdsNothing(Class<?> type) {
        return type == Object.class
                || (Arrays.stream(type.getDeclaredFields()).allMatch(field -> Modifier.isStatic(field.getModifiers()))
                        && holdsNothing(type.getSuperclass()));
    }
}
