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
import dev.trestle.catalog.parallel.ParallelCall;
import java.time.Duration;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.table.Table;

/**
 * Tables that this catalog has just altered or renamed. The service does not answer what they are then, and the next statement
 * about one begins with that question: so it is asked beforehand, beside whatever is done meanwhile. The core keeps the answer
 * for a moment, as any other; where it keeps none, nothing is asked beforehand.
 *
 * <p>Safe for use by several threads.
 */
final class AlteredTables {

    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MAX_TABLES = 1_000;

    private final Catalog catalog;
    private final boolean kept;
    private final Cache<ObjectPath, ParallelCall<Table, Catalog.TableNotExistException>> asked;

    /** @param kept whether the core keeps answers */
    AlteredTables(Catalog catalog, boolean kept, Ticker ticker) {
        this.catalog = catalog;
        this.kept = kept;
        this.asked = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .maximumSize(MAX_TABLES)
                .executor(Runnable::run)
                .ticker(ticker)
                .build();
    }

    /** Begins to ask for the table. */
    void altered(ObjectPath path) {
        if (kept) {
            asked.put(path, ParallelCall.start(() -> catalog.getTable(Tables.identifier(path))));
        }
    }

    /** Loads a table; waits for the question that is under way, instead of asking again. */
    Table load(ObjectPath path) throws Catalog.TableNotExistException {
        ParallelCall<Table, Catalog.TableNotExistException> under =
                asked.asMap().remove(path);
        if (under != null) {
            awaitEnd(under);
        }
        return catalog.getTable(Tables.identifier(path));
    }

    /** A failure is left to the one who asks next, who gets it first hand or no more. */
    private static void awaitEnd(ParallelCall<Table, Catalog.TableNotExistException> call) {
        try {
            call.get();
        } catch (Catalog.TableNotExistException | RuntimeException e) {
            // Asked again.
        }
    }
}
