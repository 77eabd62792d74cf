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
package dev.trestle.spark.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.table.OtherBranch;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.ChangelogProducer;
import org.apache.paimon.CoreOptions.MergeEngine;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;

/**
 * A table that is to be read as a stream.
 *
 * @param name for messages
 */
record StreamedTable(String name, FileStoreTable table) {

    /** Of paimon-spark's: a column that says what became of a row. */
    private static final String CHANGELOG = "read.changelog";

    private static final OtherBranch.Syntax SPARK_SQL = new OtherBranch.Syntax("`", "UNSET TBLPROPERTIES ('%s')");

    private static final String PREFIX = "read.stream.";
    private static final Set<String> OPTIONS = new TreeSet<>(StreamRate.OPTIONS);

    static {
        OPTIONS.add(StreamStart.START);
    }

    StreamedTable {
        requireNonNull(name, "name is null");
        requireNonNull(table, "table is null");
    }

    /**
     * Refuses what would leave out rows without a word.
     *
     * @throws UnsupportedOperationException if the stream would not have all rows, or an option asks for more
     * @throws IllegalArgumentException if an option is not known
     */
    void requireReadable() {
        OtherBranch.requireNone(table, "read as a stream", SPARK_SQL);
        requireRows();
        if (Boolean.parseBoolean(table.options().get(CHANGELOG))) {
            throw new UnsupportedOperationException("A stream of table " + name + " has no kinds of rows, which '"
                    + CHANGELOG
                    + "' asks for: Spark's sources have none. Leave the option out; rows that were deleted are"
                    + " none of the stream.");
        }
        for (String option : table.options().keySet()) {
            if (option.startsWith(PREFIX) && !OPTIONS.contains(option)) {
                throw new IllegalArgumentException("A stream of table " + name + " has no option '" + option
                        + "'. It has " + String.join(", ", OPTIONS) + ".");
            }
        }
    }

    /**
     * Refuses a table whose rows, or the order of those of one key, are in no snapshot's new files: they are found when it is
     * compacted, or when it is read as a whole, and it keeps no changelog of that.
     */
    private void requireRows() {
        CoreOptions options = table.coreOptions();
        ChangelogProducer producer = options.changelogProducer();
        if (table.primaryKeys().isEmpty()
                || producer == ChangelogProducer.LOOKUP
                || producer == ChangelogProducer.FULL_COMPACTION) {
            return;
        }
        if (options.batchScanSkipLevel0()) {
            throw refused(
                    "with deletion vectors or the merge engine first-row its rows are seen once they are compacted");
        }
        MergeEngine engine = options.mergeEngine();
        // The changelog of input is what was written: it has the same parts.
        if (engine != MergeEngine.DEDUPLICATE) {
            throw refused("with the merge engine " + engine.toString().toLowerCase(Locale.ROOT)
                    + " its files hold parts of rows, which are put together when it is read or compacted");
        }
        if (table.bucketMode() == BucketMode.POSTPONE_MODE && producer == ChangelogProducer.NONE) {
            throw refused("its buckets are postponed, and in which order rows of one key were written is known once"
                    + " they are compacted");
        }
    }

    private UnsupportedOperationException refused(String why) {
        return new UnsupportedOperationException("Table " + name + " cannot be read as a stream: " + why + ". Set '"
                + CoreOptions.CHANGELOG_PRODUCER.key() + "'='lookup'.");
    }
}
