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
import dev.trestle.catalog.storage.LoaderIdentity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The clients of this process, one for whatever a {@link Key} tells apart. A client that someone holds is found again; one that
 * nobody holds is kept for a while, since Paimon opens and closes a catalog for each snapshot that it reads, and closed then.
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

    /** By the options as the user wrote them. */
    private static final Cache<Key, SharedClient> OPENED =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    private static final DroppedClients DROPPED = new DroppedClients();

    private SharedClients() {}

    /**
     * What tells one client from another: the options, and what a client takes from outside of them when it is opened and
     * never again.
     *
     * @param files what the engine gave for reaching files
     * @param secrets a digest of what the references in the options of file systems stand for
     * @param jars where the user's own provider is found
     */
    record Key(Map<String, String> options, EngineInfo engine, LoaderIdentity files, String secrets, UsersJars jars) {

        Key {
            options = Map.copyOf(options);
            requireNonNull(engine, "engine is null");
            requireNonNull(files, "files is null");
            requireNonNull(secrets, "secrets is null");
            requireNonNull(jars, "jars is null");
        }

        /** As things are now, in this thread. */
        static Key of(Map<String, String> options, EngineInfo engine, LoaderIdentity files, StorageSecrets secrets) {
            return new Key(options, engine, files, secrets.digest(), UsersJars.of(options));
        }

        @Override
        public String toString() {
            return "Key" + options.keySet();
        }
    }

    /** @param key with the merged options */
    static SharedClient get(Key key, Supplier<SharedClient> open) {
        DROPPED.close();
        return RECENT.get(key, unused -> HELD.get(key, absent -> DROPPED.watch(open.get())));
    }

    /** The client that a catalog got which was opened with the same options before, while it is kept. */
    static Optional<SharedClient> openedBefore(Key written) {
        return Optional.ofNullable(OPENED.getIfPresent(written));
    }

    static void opened(Key written, SharedClient client) {
        OPENED.put(written, client);
    }
}
