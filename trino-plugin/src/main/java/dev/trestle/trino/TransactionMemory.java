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
package dev.trestle.trino;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import io.trino.spi.connector.ConnectorSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What a transaction has learned from the service, so that it asks once. A transaction may have several identities, since a
 * view is read as its owner: what one of them has learned, the service may refuse another. Safe for use by many threads.
 */
public final class TransactionMemory {

    private final SessionCatalogs catalogs;
    private final List<Part<?, ?>> parts = new CopyOnWriteArrayList<>();

    TransactionMemory(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    /** A part of the memory, empty at first. */
    public <K, V> Part<K, V> part() {
        Part<K, V> part = new Part<>(catalogs);
        parts.add(part);
        return part;
    }

    /** Forgets everything, since this transaction has changed something. */
    public void forget() {
        parts.forEach(part -> part.learned.clear());
    }

    /** What was learned of one kind of thing. */
    public static final class Part<K, V> {

        private record Learned<K>(RestCatalog identity, K key) {}

        private final SessionCatalogs catalogs;
        private final Map<Learned<K>, V> learned = new ConcurrentHashMap<>();

        private Part(SessionCatalogs catalogs) {
            this.catalogs = catalogs;
        }

        /** What the session's identity knows, or learns now. */
        public V learn(ConnectorSession session, K key, Supplier<V> source) {
            return learned.computeIfAbsent(new Learned<>(catalogs.of(session), key), unknown -> source.get());
        }

        /** What the session's identity knows. */
        public Optional<V> known(ConnectorSession session, K key) {
            return Optional.ofNullable(learned.get(new Learned<>(catalogs.of(session), key)));
        }

        /** Keeps what the session's identity has learned. */
        public void keep(ConnectorSession session, K key, V value) {
            learned.put(new Learned<>(catalogs.of(session), key), value);
        }
    }
}
