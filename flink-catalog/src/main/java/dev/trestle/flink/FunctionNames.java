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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.rest.RESTFunctionValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which functions there may be, so that the planner's probes cost few calls: it asks, several times a statement, for a
 * function of every column name. One call lists the functions of a database, and answers all probes for a second; for
 * names of columns, for a minute.
 *
 * <p>Safe for use by several threads.
 */
final class FunctionNames {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionNames.class);

    private static final Duration ABSENCE = Duration.ofSeconds(1);
    private static final Duration ABSENCE_OF_COLUMN_NAME = Duration.ofMinutes(1);
    private static final int MOST_NAMES = 1_000;

    private final Catalog catalog;
    private final ColumnNames columns;
    private final InstantSource clock;
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();

    /** @param whole false if there are more functions than were listed */
    private record Listing(Set<String> names, boolean whole, Instant since) {

        boolean isOlderThan(Duration age, Instant now) {
            return !now.isBefore(since.plus(age));
        }

        /**
         * The name itself, or else the one that differs by case alone where no other does: Flink writes names of functions in
         * lower case. Where there may be others, the name itself.
         */
        Optional<String> find(String name) {
            if (names.contains(name) || !whole) {
                return Optional.of(name);
            }
            List<String> alike = names.stream().filter(name::equalsIgnoreCase).toList();
            return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
        }
    }

    FunctionNames(Catalog catalog, ColumnNames columns, InstantSource clock) {
        this.catalog = catalog;
        this.columns = columns;
        this.clock = clock;
    }

    /**
     * The name by which a function must be asked for; empty if it was not there a moment ago, or no function can have the name.
     * The planner asks for operators such as {@code >} too.
     */
    Optional<String> stored(ObjectPath path) {
        String name = path.getObjectName();
        if (!RESTFunctionValidator.isValidFunctionName(name)) {
            return Optional.empty();
        }
        Listing known = listings.get(path.getDatabaseName());
        Duration valid = columns.contains(name) ? ABSENCE_OF_COLUMN_NAME : ABSENCE;
        if (known == null || known.isOlderThan(valid, clock.instant())) {
            known = list(path.getDatabaseName());
        } else if (known.isOlderThan(ABSENCE, clock.instant())
                && known.find(name).filter(found -> !found.equals(name)).isPresent()) {
            known = list(path.getDatabaseName());
        }
        return known.find(name);
    }

    /** As {@link #stored}, of the functions that are there now. */
    Optional<String> storedNow(ObjectPath path) {
        return RESTFunctionValidator.isValidFunctionName(path.getObjectName())
                ? list(path.getDatabaseName()).find(path.getObjectName())
                : Optional.empty();
    }

    private Listing list(String database) {
        Instant now = clock.instant();
        Listing listing;
        try {
            PagedList<String> page = catalog.listFunctionsPaged(database, MOST_NAMES, null, null);
            Set<String> names = ConcurrentHashMap.newKeySet();
            names.addAll(page.getElements());
            listing = new Listing(names, page.getNextPageToken() == null, now);
        } catch (Catalog.DatabaseNotExistException | UnsupportedOperationException e) {
            listing = new Listing(ConcurrentHashMap.newKeySet(), true, now);
        } catch (Catalog.DatabaseNoPermissionException e) {
            LOG.warn("No permission to list the functions of database {}: none of them is found", database);
            listing = new Listing(ConcurrentHashMap.newKeySet(), true, now);
        }
        listings.put(database, listing);
        return listing;
    }

    /** A function was created. */
    void made(ObjectPath path) {
        Listing known = listings.get(path.getDatabaseName());
        if (known != null) {
            known.names().add(path.getObjectName());
        }
    }
}
