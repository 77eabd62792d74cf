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

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.trestle.catalog.api.DatabaseInfo;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.api.ViewInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;

/**
 * Databases, tables, views and functions that were asked for a moment ago, also that they are not there: an engine asks for the same name many
 * times in one statement. A change of one's own is seen at once, a change by another client when the entry expires.
 */
final class MetadataCache {

    private final Cache<String, Entry<DatabaseInfo>> databases;
    private final Cache<Identifier, Entry<TableInfo>> tables;
    private final Cache<Identifier, Entry<ViewInfo>> views;
    private final Cache<Identifier, Entry<Function>> functions;
    private final AtomicLong generation = new AtomicLong();
    private final Lookups lookups;

    /** Told about every question: whether the answer was known already. */
    @FunctionalInterface
    interface Lookups {
        void lookedUp(boolean known);
    }

    /** @param expireAfter zero remembers nothing */
    MetadataCache(Duration expireAfter, long maxSize, Ticker ticker, Lookups lookups) {
        this.lookups = lookups;
        this.databases = cache(expireAfter, maxSize, ticker);
        this.tables = cache(expireAfter, maxSize, ticker);
        this.views = cache(expireAfter, maxSize, ticker);
        this.functions = cache(expireAfter, maxSize, ticker);
    }

    private sealed interface Entry<T> {
        record Found<T>(T value) implements Entry<T> {}

        record Missing<T>(NoSuchResourceException error) implements Entry<T> {}
    }

    /** @throws NoSuchResourceException if it is not there, by the service's answer now or a moment ago */
    DatabaseInfo database(String name, Supplier<DatabaseInfo> load) {
        return get(databases, name, load);
    }

    /** @throws NoSuchResourceException if it is not there, by the service's answer now or a moment ago */
    TableInfo table(Identifier identifier, Supplier<TableInfo> load) {
        return get(tables, identifier, load);
    }

    /** @throws NoSuchResourceException if it is not there, by the service's answer now or a moment ago */
    ViewInfo view(Identifier identifier, Supplier<ViewInfo> load) {
        return get(views, identifier, load);
    }

    /** @throws NoSuchResourceException if it is not there, by the service's answer now or a moment ago */
    Function function(Identifier identifier, Supplier<Function> load) {
        return get(functions, identifier, load);
    }

    /** The table as it was loaded a moment ago, without asking. */
    Optional<TableInfo> knownTable(Identifier identifier) {
        return known(tables.getIfPresent(identifier));
    }

    /** The database as it was loaded a moment ago, without asking. */
    Optional<DatabaseInfo> knownDatabase(String name) {
        return known(databases.getIfPresent(name));
    }

    /** Forgets a table and all its branches. */
    void invalidateTable(Identifier identifier) {
        generation.incrementAndGet();
        tables.asMap()
                .keySet()
                .removeIf(known -> known.getDatabaseName().equals(identifier.getDatabaseName())
                        && known.getTableName().equals(identifier.getTableName()));
    }

    void invalidateView(Identifier identifier) {
        generation.incrementAndGet();
        views.invalidate(identifier);
    }

    void invalidateFunction(Identifier identifier) {
        generation.incrementAndGet();
        functions.invalidate(identifier);
    }

    /** Forgets a database and all that is in it. */
    void invalidateDatabase(String name) {
        generation.incrementAndGet();
        databases.invalidate(name);
        Stream.of(tables, views, functions).forEach(objects -> objects.asMap()
                .keySet()
                .removeIf(identifier -> identifier.getDatabaseName().equals(name)));
    }

    private <K, V> V get(Cache<K, Entry<V>> cache, K key, Supplier<V> load) {
        Entry<V> entry = cache.getIfPresent(key);
        lookups.lookedUp(entry != null);
        if (entry == null) {
            entry = load(cache, key, load);
        }
        if (entry instanceof Entry.Missing<V> missing) {
            NoSuchResourceException error = missing.error();
            throw new NoSuchResourceException(error.getMessage(), error.resourceType(), error.resourceName());
        }
        return ((Entry.Found<V>) entry).value();
    }

    /** An answer that was on its way while something was changed here is returned, and not kept. */
    private <K, V> Entry<V> load(Cache<K, Entry<V>> cache, K key, Supplier<V> load) {
        long before = generation.get();
        Entry<V> entry;
        try {
            entry = new Entry.Found<>(load.get());
        } catch (NoSuchResourceException e) {
            entry = new Entry.Missing<>(e);
        }
        if (generation.get() == before) {
            cache.put(key, entry);
            if (generation.get() != before) {
                cache.asMap().remove(key, entry);
            }
        }
        return entry;
    }

    private static <V> Optional<V> known(Entry<V> entry) {
        return entry instanceof Entry.Found<V> found ? Optional.of(found.value()) : Optional.empty();
    }

    private static <K, V> Cache<K, V> cache(Duration expireAfter, long maxSize, Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterWrite(expireAfter)
                .maximumSize(expireAfter.isZero() ? 0 : maxSize)
                .executor(Runnable::run)
                .ticker(ticker)
                .build();
    }
}
