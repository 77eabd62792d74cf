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
import java.util.Optional;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/**
 * The tables that the statement under way has loaded. The planner loads a table several times and asks for its
 * statistics in between; an opened table knows its latest snapshot for a moment, so the answers must be one and the
 * same object for the snapshot to be asked for once.
 *
 * <p>A table is handed out again for a second at most, until a sink is made of it or, since the planner may expand a view
 * twice and plans an UPDATE's sink after its source, until a tenth of a second after a source was. So the next statement
 * begins with a table of its own, and sees what was committed meanwhile: no job ends sooner.
 *
 * <p>Safe for use by several threads.
 */
final class StatementTables {

    private static final Duration STATEMENT = Duration.ofSeconds(1);
    private static final Duration PLANNING = Duration.ofMillis(100);
    private static final int MAX_TABLES = 1_000;

    private final Cache<ObjectPath, FileStoreTable> loaded;

    /** Those that a source was made of. */
    private final Cache<ObjectPath, FileStoreTable> planned;

    StatementTables(Ticker ticker) {
        this.loaded = cache(STATEMENT, ticker);
        this.planned = cache(PLANNING, ticker);
    }

    private static Cache<ObjectPath, FileStoreTable> cache(Duration expireAfter, Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterWrite(expireAfter)
                .maximumSize(MAX_TABLES)
                .executor(Runnable::run)
                .ticker(ticker)
                .build();
    }

    /** The table as this statement has it already, if it is still the same; the one just loaded otherwise. */
    Table sameOrNew(ObjectPath path, Table justLoaded) {
        if (!(justLoaded instanceof FileStoreTable table)) {
            return justLoaded;
        }
        Optional<FileStoreTable> before = find(path);
        if (before.isPresent() && isSame(before.get(), table)) {
            return before.get();
        }
        planned.invalidate(path);
        loaded.put(path, table);
        return table;
    }

    /** Each change of a schema has an id of its own; the time of opening, which is in the schema too, is no change. */
    private static boolean isSame(FileStoreTable one, FileStoreTable other) {
        return one.uuid().equals(other.uuid())
                && one.schema().id() == other.schema().id()
                && one.options().equals(other.options());
    }

    /** The table that the planner has just loaded. */
    Optional<FileStoreTable> find(ObjectPath path) {
        return Optional.ofNullable(loaded.getIfPresent(path)).or(() -> Optional.ofNullable(planned.getIfPresent(path)));
    }

    /** Something about the table was or will be changed, so the next statement is to load it. */
    void forget(ObjectPath path) {
        loaded.invalidate(path);
        planned.invalidate(path);
    }

    /** A source was made of the table. */
    void read(ObjectPath path) {
        FileStoreTable table = loaded.asMap().remove(path);
        if (table != null) {
            planned.put(path, table);
        }
    }
}
