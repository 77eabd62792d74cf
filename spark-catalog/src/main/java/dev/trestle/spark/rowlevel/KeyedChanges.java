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
package dev.trestle.spark.rowlevel;

import dev.trestle.spark.data.ColumnReferences;
import dev.trestle.spark.read.ScanTable;
import dev.trestle.spark.read.TableScanBuilder;
import dev.trestle.spark.rowlevel.RowLevelChanges.ChangedTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.DeltaWriteBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsDelta;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Changes rows by their primary key: new rows and deletions are written, which reading merges with what is there. */
final class KeyedChanges implements SupportsDelta {

    private final ChangedTable changed;
    private final Command command;

    KeyedChanges(ChangedTable changed, Command command) {
        this.changed = changed;
        this.command = command;
        FileStoreTable table = changed.table();
        if (command == Command.DELETE) {
            deletable(changed.name(), table).check();
        } else if (command == Command.UPDATE) {
            updatable(changed.name(), table).check();
        }
    }

    /** Whether something is possible on a table, and else why not. */
    record Possibility(String refusal) implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        /** @throws UnsupportedOperationException if it is not */
        void check() {
            if (!refusal.isEmpty()) {
                throw new UnsupportedOperationException(refusal);
            }
        }
    }

    static Possibility deletable(String name, FileStoreTable table) {
        CoreOptions options = table.coreOptions();
        boolean removes =
                switch (options.mergeEngine()) {
                    case DEDUPLICATE -> true;
                    case PARTIAL_UPDATE ->
                        options.toConfiguration().get(CoreOptions.PARTIAL_UPDATE_REMOVE_RECORD_ON_DELETE);
                    case AGGREGATE -> options.toConfiguration().get(CoreOptions.AGGREGATION_REMOVE_RECORD_ON_DELETE);
                    case FIRST_ROW -> false;
                };
        if (!removes || options.ignoreDelete()) {
            return new Possibility("DELETE of rows of table " + name + " is not possible: with 'merge-engine'='"
                    + options.mergeEngine() + "' and its options a deletion is not kept.");
        }
        List<String> unknown = options.sequenceField().stream()
                .filter(field -> table.rowType().getField(field).type().isNullable())
                .toList();
        return unknown.isEmpty()
                ? new Possibility("")
                : new Possibility(
                        "DELETE of rows of table " + name + " is not possible: its 'sequence.field' " + unknown
                                + " may be null, so that a deletion could be older than the row. Make the column NOT"
                                + " NULL, or delete whole partitions.");
    }

    static Possibility updatable(String name, FileStoreTable table) {
        return switch (table.coreOptions().mergeEngine()) {
            case DEDUPLICATE, PARTIAL_UPDATE -> new Possibility("");
            case AGGREGATE, FIRST_ROW ->
                new Possibility("UPDATE of rows of table " + name + " is not possible: with 'merge-engine'='"
                        + table.coreOptions().mergeEngine()
                        + "' a new value does not take the place of the old one.");
        };
    }

    @Override
    public String description() {
        return "trestle " + changed.name() + " by key";
    }

    @Override
    public Command command() {
        return command;
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        ScanTable read = changed.read().with(options);
        return WholeRowScanBuilder.isFor(changed.table()) ? new WholeRowScanBuilder(read) : new TableScanBuilder(read);
    }

    /** The key, and each column that has to have a value in a deletion, too; and where it is needed the row as a whole. */
    @Override
    public NamedReference[] rowId() {
        Set<String> names = new LinkedHashSet<>(changed.table().primaryKeys());
        for (DataField field : changed.table().rowType().getFields()) {
            if (!field.type().isNullable()) {
                names.add(field.name());
            }
        }
        if (WholeRowScanBuilder.isFor(changed.table())) {
            names.add(WholeRowScanBuilder.COLUMN);
        }
        return names.stream().map(ColumnReferences::column).toArray(NamedReference[]::new);
    }

    @Override
    public DeltaWriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        return new DeltaWriteBuilder() {
            @Override
            public KeyedWrite build() {
                return new KeyedWrite(changed, command, info);
            }
        };
    }
}
