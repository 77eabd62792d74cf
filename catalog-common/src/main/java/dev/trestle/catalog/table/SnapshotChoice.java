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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;

/**
 * The options that choose what of its history a table is read at. A table may have some of its own, which say it for statements
 * that say nothing; Paimon takes them for contradictions of those that say something else.
 */
public final class SnapshotChoice {

    private static final Set<String> OPTIONS = Set.of(
            CoreOptions.SCAN_MODE.key(),
            CoreOptions.SCAN_SNAPSHOT_ID.key(),
            CoreOptions.SCAN_TAG_NAME.key(),
            CoreOptions.SCAN_VERSION.key(),
            CoreOptions.SCAN_TIMESTAMP.key(),
            CoreOptions.SCAN_TIMESTAMP_MILLIS.key(),
            CoreOptions.SCAN_WATERMARK.key(),
            CoreOptions.SCAN_FILE_CREATION_TIME_MILLIS.key(),
            CoreOptions.SCAN_CREATION_TIME_MILLIS.key(),
            CoreOptions.INCREMENTAL_BETWEEN.key(),
            CoreOptions.INCREMENTAL_BETWEEN_TIMESTAMP.key(),
            CoreOptions.INCREMENTAL_TO_AUTO_TAG.key());

    private SnapshotChoice() {}

    /** Those of the options that choose, in the order of their names. */
    public static SortedSet<String> in(Map<String, String> options) {
        SortedSet<String> choices = new TreeSet<>(options.keySet());
        choices.retainAll(OPTIONS);
        return choices;
    }

    /** Whether any of the options chooses. */
    public static boolean isIn(Map<String, String> options) {
        return !in(options).isEmpty();
    }

    /**
     * Options to copy a table with, so that what they choose is read, whatever the table says itself.
     *
     * @param options of a statement
     * @return the same, and null for each that is to be taken away, if they choose; else the same alone
     */
    public static Map<String, String> over(FileStoreTable table, Map<String, String> options) {
        return isIn(options) ? withoutOthers(table, options) : options;
    }

    private static Map<String, String> withoutOthers(FileStoreTable table, Map<String, String> options) {
        Map<String, String> alone = new HashMap<>(options);
        in(table.options()).forEach(option -> alone.putIfAbsent(option, null));
        return alone;
    }

    /**
     * The table as it is now, for changing it: one that says by itself at which snapshot it is read has the columns of that
     * snapshot, and rows that are written anew by these would lose the others. Reads the latest schema of such a table.
     */
    public static FileStoreTable none(FileStoreTable table) {
        return isIn(table.options())
                ? table.copyWithLatestSchema().copyWithoutTimeTravel(withoutOthers(table, Map.of()))
                : table;
    }
}
