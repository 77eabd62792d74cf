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

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * Tables that do not exist and that only the planner asks for: to resolve a name such as {@code c.d.t} it looks, among
 * others, for a table {@code c} in the current database. That there is no table named like the catalog is remembered
 * for a minute; the absence of any other table is forgotten at once.
 *
 * <p>Safe for use by several threads.
 */
final class ProbedTables {

    private static final Duration ABSENCE = Duration.ofMinutes(1);
    private static final int MAX_TABLES = 1_000;

    private final String catalogName;
    private final Cache<ObjectPath, Boolean> absent;

    ProbedTables(String catalogName, Ticker ticker) {
        this.catalogName = catalogName;
        this.absent = Caffeine.newBuilder()
                .expireAfterWrite(ABSENCE)
                .maximumSize(MAX_TABLES)
                .executor(Runnable::run)
                .ticker(ticker)
                .build();
    }

    boolean isAbsent(ObjectPath path) {
        return absent.getIfPresent(path) != null;
    }

    void missing(ObjectPath path) {
        if (path.getObjectName().equals(catalogName)) {
            absent.put(path, true);
        }
    }

    /** A database was created: there is nothing in it. */
    void madeDatabase(String database) {
        missing(new ObjectPath(database, catalogName));
    }

    /** A table was created, or renamed to this. */
    void made(ObjectPath path) {
        absent.invalidate(path);
    }
}
