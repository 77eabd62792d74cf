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
import dev.trestle.catalog.queryauth.AuthorizedTable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primary keys that Flink's planner is told of. It takes a key for unique, and leaves out DISTINCT, GROUP BY and more
 * where it is: so a key of which the service masks a column, which may make one value of several, is none to it.
 *
 * <p>Safe for use by several threads.
 */
final class PlannedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(PlannedKeys.class);

    /** What was answered for a table of the statement under way, which is one and the same object until it is planned. */
    private final Cache<AuthorizedTable, Boolean> masked =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /** The key's columns; empty if there is none, or none as the rows may be read. */
    List<String> of(Table table) {
        return table instanceof AuthorizedTable authorized && isMasked(authorized) ? List.of() : table.primaryKeys();
    }

    /**
     * Whether the service masks a column of the key. Where it does not say, the key stays, for a user who may describe or write
     * the table and read none of it: what reads it asks again.
     */
    private boolean isMasked(AuthorizedTable table) {
        if (table.primaryKeys().isEmpty()) {
            return false;
        }
        Optional<Boolean> known = Optional.ofNullable(masked.getIfPresent(table));
        if (known.isPresent()) {
            return known.get();
        }
        try {
            boolean answered = isMasked(table.primaryKeys(), table.maskedColumns());
            masked.put(table, answered);
            return answered;
        } catch (RuntimeException e) {
            LOG.debug("Not known whether the key of table {} is masked", table.fullName(), e);
            return false;
        }
    }

    /** Whether a column of a key is among the masked ones. */
    static boolean isMasked(List<String> key, Set<String> maskedColumns) {
        return !Collections.disjoint(key, maskedColumns);
    }
}
