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
package dev.trestle.catalog.table;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.snapshot.TimeTravelUtil;

/**
 * Tables as they were. How a table is read and written stays as it is now, but for what its options say of columns by their
 * names: a column may have had another name then, and Paimon, which keeps all options of now, finds no such column.
 */
public final class TimeTravel {

    private TimeTravel() {}

    /**
     * The options for a table with the columns of an earlier schema.
     *
     * @param now the options that the table has now
     */
    public static Map<String, String> optionsWithColumnsOf(TableSchema earlier, Map<String, String> now) {
        Map<String, String> options = new HashMap<>(now);
        options.keySet().removeIf(TimeTravel::namesColumns);
        earlier.options().forEach((key, value) -> {
            if (namesColumns(key)) {
                options.put(key, value);
            }
        });
        return options;
    }

    private static boolean namesColumns(String option) {
        return option.equals(CoreOptions.BUCKET_KEY.key())
                || option.equals(CoreOptions.SEQUENCE_FIELD.key())
                || option.startsWith(CoreOptions.FIELDS_PREFIX + ".");
    }

    /**
     * The table with the columns that it had in the snapshot that options choose, such as {@code scan.version}, whatever the
     * table itself says. Reads that snapshot and its schema.
     *
     * @throws IllegalArgumentException if the options contradict each other, or choose no snapshot
     */
    public static FileStoreTable withColumnsOfThen(FileStoreTable table, Map<String, String> options) {
        Choice choice = Choice.of(table, options);
        // Each of two branches has columns and snapshots of its own.
        if (table instanceof FallbackReadFileStoreTable || choice.snapshot.isEmpty()) {
            return table.copy(SnapshotChoice.over(table, options));
        }
        long then = choice.snapshot.get().schemaId();
        FileStoreTable read = table.schema().id() == then
                ? table
                : withColumns(table, table.schemaManager().schema(then));
        return read.copyWithoutTimeTravel(SnapshotChoice.over(read, choice.options));
    }

    private static FileStoreTable withColumns(FileStoreTable table, TableSchema earlier) {
        return table.copy(earlier.copy(optionsWithColumnsOf(earlier, table.options())));
    }

    /**
     * The table as options have it, with its present columns, also where they choose an earlier snapshot, whatever the table
     * itself says. May read that snapshot.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    public static FileStoreTable withPresentColumns(FileStoreTable table, Map<String, String> options) {
        Map<String, String> known =
                options.containsKey(CoreOptions.SCAN_VERSION.key()) ? Choice.of(table, options).options : options;
        return table.copyWithoutTimeTravel(SnapshotChoice.over(table, known));
    }

    /**
     * A snapshot that options choose.
     *
     * @param options by which a scan finds it: those know ids, tags and times, and no versions
     * @param snapshot empty where there is none
     */
    private record Choice(Map<String, String> options, Optional<Snapshot> snapshot) {

        static Choice of(FileStoreTable table, Map<String, String> options) {
            Options known = Options.fromMap(new HashMap<>(options));
            Optional<Snapshot> snapshot = find(table, known);
            return new Choice(known.toMap(), snapshot);
        }

        /** In the options a version becomes what it is. */
        private static Optional<Snapshot> find(FileStoreTable table, Options options) {
            try {
                return TimeTravelUtil.tryTravelToSnapshot(options, table.snapshotManager(), table.tagManager());
            } catch (Exception e) {
                // Who reads the table finds out, too, and has the words for it.
                return Optional.empty();
            }
        }
    }
}
