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

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIOLoader;

/**
 * The clients of this process, one for the same options, engine and means of reaching files. A client that someone holds is
 * found again; one that nobody holds is kept for a while, since Paimon opens and closes a catalog for each snapshot that it
 * reads, and closed then.
 */
final class SharedClients {

    private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);
    private static final int MOST_KEPT_UNUSED = 64;

    private static final Cache<Key, SharedClient> RECENT = Caffeine.newBuilder()
            .expireAfterAccess(KEPT_UNUSED)
            .maximumSize(MOST_KEPT_UNUSED)
            .executor(Runnable::run)
            .build();
    private static final Cache<Key, SharedClient> HELD =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    private static final DroppedClients DROPPED = new DroppedClients();

    private SharedClients() {}

    private record Key(Map<String, String> options, EngineInfo engine, Object files) {

        Key {
            options = Map.copyOf(options);
            requireNonNull(engine, "engine is null");
            requireNonNull(files, "files is null");
        }

        static Key of(CatalogContext context, EngineInfo engine) {
            return new Key(context.options().toMap(), engine, identity(context.preferIO()));
        }

        /**
         * What tells one engine's means of reaching files from another. A loader that holds nothing, as Flink's, is the same
         * as any other of its class, also after it was sent to a task; one that holds file systems or credentials is equal
         * only to what it says itself.
         */
        private static Object identity(FileIOLoader loader) {
            if (loader == null) {
                return "none";
            }
            return holdsNothing(loader.getClass()) ? loader.getClass() : loader;
        }

        private static boolean holdsNothing(Class<?> type) {
            return type == Object.class
                    || (Arrays.stream(type.getDeclaredFields())
                                    .allMatch(field -> Modifier.isStatic(field.getModifiers()))
                            && holdsNothing(type.getSuperclass()));
        }

        @Override
        public String toString() {
            return "Key" + options.keySet();
        }
    }

    /** @param context the merged options, and what the engine gave for reaching files */
    static SharedClient get(CatalogContext context, EngineInfo engine, Supplier<SharedClient> open) {
        DROPPED.close();
        Key key = Key.of(context, engine);
        return RECENT.get(key, unused -> HELD.get(key, absent -> DROPPED.watch(open.get())));
    }
}
