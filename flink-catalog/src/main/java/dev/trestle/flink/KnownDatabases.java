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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which databases are known to exist or not, so that the planner's probes cost no call.
 *
 * <p>To resolve a table name, the planner asks for the current database in every statement, and for a database named
 * like the catalog. A database that was seen is taken to be there until the server says otherwise: the table is loaded
 * next, and that finds out. That there is no database named like the catalog is remembered for a minute; of any other
 * name, for a second.
 *
 * <p>Safe for use by several threads.
 */
final class KnownDatabases {

    private static final Duration ABSENCE = Duration.ofSeconds(1);
    private static final Duration ABSENCE_OF_CATALOG_NAME = Duration.ofMinutes(1);

    private final String catalogName;
    private final InstantSource clock;
    private final Map<String, Knowledge> databases = new ConcurrentHashMap<>();

    private record Knowledge(boolean exists, Instant validUntil) {}

    KnownDatabases(String catalogName, InstantSource clock) {
        this.catalogName = catalogName;
        this.clock = clock;
    }

    /** Whether the database exists; empty if that must be asked. */
    Optional<Boolean> exists(String database) {
        Knowledge knowledge = databases.get(database);
        if (knowledge == null || !clock.instant().isBefore(knowledge.validUntil())) {
            return Optional.empty();
        }
        return Optional.of(knowledge.exists());
    }

    void found(String database) {
        databases.put(database, new Knowledge(true, Instant.MAX));
    }

    void missing(String database) {
        Duration absence = database.equals(catalogName) ? ABSENCE_OF_CATALOG_NAME : ABSENCE;
        databases.put(database, new Knowledge(false, clock.instant().plus(absence)));
    }

    /** Takes over a whole listing: what is not in it is not there. */
    void listed(Collection<String> all) {
        databases.clear();
        missing(catalogName);
        all.forEach(this::found);
    }
}
