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

import dev.trestle.flink.write.FilesSink;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.paimon.table.FormatTable;

/**
 * Writes a table of plain files. Paimon's own sink looks for what is overwritten in folders that are named by the values as
 * they are, and writes to folders whose names are escaped; and each of its tasks deletes what the others have written.
 */
final class FilesTableSink implements DynamicTableSink, SupportsOverwrite, SupportsPartitioning {

    private final String name;
    private final FormatTable table;
    private Map<String, String> partition = Map.of();
    private boolean overwrite;

    /** @param name the table's, for refusals */
    FilesTableSink(String name, FormatTable table) {
        this.name = name;
        this.table = table;
    }

    /** Asked for in streaming mode only, where rows never end and files would never be whole. */
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        throw new ValidationException("Table " + name + " keeps plain files, which are written in batch mode only:"
                + " SET 'execution.runtime-mode'='batch'. For a stream use a Paimon table.");
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return SinkV2Provider.of(overwrite ? FilesSink.overwriting(table, partition) : FilesSink.adding(table));
    }

    @Override
    public void applyStaticPartition(Map<String, String> values) {
        try {
            partition = FormatPartitions.escaped(table, PartitionValues.of(table, values));
        } catch (RuntimeException e) {
            throw new ValidationException(
                    "Rows of table " + name + " cannot be written to partition " + values + ": " + e.getMessage() + ".",
                    e);
        }
    }

    @Override
    public void applyOverwrite(boolean overwrite) {
        this.overwrite = overwrite;
    }

    @Override
    public DynamicTableSink copy() {
        FilesTableSink copied = new FilesTableSink(name, table);
        copied.partition = partition;
        copied.overwrite = overwrite;
        return copied;
    }

    @Override
    public String asSummaryString() {
        return "files of " + name;
    }
}
