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
package dev.trestle.spark.write;

import dev.trestle.catalog.procedure.Compaction;
import dev.trestle.catalog.table.PartitionTypes;
import dev.trestle.spark.data.PartitionSpecs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsDynamicOverwrite;
import org.apache.spark.sql.connector.write.SupportsOverwriteV2;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.internal.connector.SupportsStreamingUpdateAsAppend;

/** An INSERT: rows are added, or take the place of all rows, of those of a partition, or of the partitions that they have. */
public class TableWriteBuilder implements SupportsOverwriteV2, SupportsDynamicOverwrite {

    private final String name;
    private final FileStoreTable table;
    private final LogicalWriteInfo info;
    private final WriteCommit.Progress progress;

    private Optional<Map<String, String>> replaced = Optional.empty();
    private boolean replacesPartitions;

    /**
     * @param table with the options of the statement
     * @param progress told when the commit begins
     */
    private TableWriteBuilder(String name, FileStoreTable table, LogicalWriteInfo info, WriteCommit.Progress progress) {
        this.name = name;
        this.table = table;
        this.info = info;
        this.progress = progress;
    }

    /** The builder for a table: where a row takes the place of the one that has its key, a stream of changed rows may too. */
    public static TableWriteBuilder of(
            String name, FileStoreTable table, LogicalWriteInfo info, WriteCommit.Progress progress) {
        return takesNewRows(table)
                ? new OfKeys(name, table, info, progress)
                : new TableWriteBuilder(name, table, info, progress);
    }

    /** Others would keep the first of the counts that a stream has had of a key, or add them up. */
    private static boolean takesNewRows(FileStoreTable table) {
        if (table.primaryKeys().isEmpty()) {
            return false;
        }
        CoreOptions options = table.coreOptions();
        return switch (options.mergeEngine()) {
            case DEDUPLICATE -> true;
            case PARTIAL_UPDATE -> !options.definedAggFunc();
            case AGGREGATE, FIRST_ROW -> false;
        };
    }

    /** A row takes the place of the one that has its key. */
    private static final class OfKeys extends TableWriteBuilder implements SupportsStreamingUpdateAsAppend {

        OfKeys(String name, FileStoreTable table, LogicalWriteInfo info, WriteCommit.Progress progress) {
            super(name, table, info, progress);
        }
    }

    /** Only whole partitions can be replaced, in one commit: those with given values of the first columns, or all. */
    @Override
    public boolean canOverwrite(Predicate[] predicates) {
        return PartitionSpecs.of(table).spec(predicates).isPresent();
    }

    @Override
    public WriteBuilder overwrite(Predicate[] predicates) {
        Map<String, String> partition = PartitionSpecs.of(table)
                .spec(predicates)
                .orElseThrow(() -> new UnsupportedOperationException("Table " + name
                        + ": rows can be replaced by whole partitions only, and the condition is another one: "
                        + Arrays.toString(predicates)));
        if (partition.isEmpty() || partition.size() < table.partitionKeys().size()) {
            OtherBranches.requireNone(table, "overwritten beyond one partition");
        }
        replaced = Optional.of(partition);
        return this;
    }

    @Override
    public WriteBuilder overwriteDynamicPartitions() {
        replaced = Optional.of(Map.of());
        replacesPartitions = true;
        return this;
    }

    @Override
    public Write build() {
        Map<String, String> options = new HashMap<>();
        if (replaced.isPresent()) {
            PartitionTypes.requireFound(table, "overwritten");
            options.put(CoreOptions.DYNAMIC_PARTITION_OVERWRITE.key(), Boolean.toString(replacesPartitions));
        }
        // Merging is left to a compaction there, whose commit looks for such rows.
        if (Compaction.overlooksDeletions(table)) {
            options.put(CoreOptions.WRITE_ONLY.key(), Boolean.TRUE.toString());
        }
        FileStoreTable written = options.isEmpty() ? table : table.copyWithoutTimeTravel(options);
        return new TableWrite(name, written, info, replaced, progress);
    }

    /** The columns that a statement gives must be all columns, in their order, as Spark arranges them. */
    static void checkColumns(String name, FileStoreTable table, List<String> given) {
        if (!given.equals(table.rowType().getFieldNames())) {
            throw new IllegalArgumentException("Table " + name + " has the columns "
                    + table.rowType().getFieldNames() + ", but the statement writes " + given);
        }
    }
}
