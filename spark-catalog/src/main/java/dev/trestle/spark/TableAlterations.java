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
package dev.trestle.spark;

import dev.trestle.spark.data.SparkTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;

/** The changes of {@code ALTER TABLE} as those of a stored schema. */
final class TableAlterations {

    private final String name;
    private final RowType columns;

    /**
     * Changes of one table.
     *
     * @param name the table's name, for refusals
     * @param columns as they are stored
     */
    TableAlterations(String name, RowType columns) {
        this.name = name;
        this.columns = columns;
    }

    /** @throws UnsupportedOperationException for a change that cannot be stored */
    List<SchemaChange> toPaimon(TableChange... changes) {
        refuseOtherColumns(changes);
        List<SchemaChange> stored = new ArrayList<>();
        for (TableChange change : changes) {
            stored.add(toPaimon(change));
        }
        return stored;
    }

    /** REPLACE COLUMNS comes as the removal of each column and then new ones, whatever their names are. */
    private void refuseOtherColumns(TableChange... changes) {
        Set<String> dropped = new HashSet<>();
        boolean adds = false;
        for (TableChange change : changes) {
            if (change instanceof TableChange.DeleteColumn delete && delete.fieldNames().length == 1) {
                dropped.add(delete.fieldNames()[0]);
            }
            adds |= change instanceof TableChange.AddColumn;
        }
        if (adds && dropped.containsAll(columns.getFieldNames())) {
            throw new UnsupportedOperationException(
                    "Table " + name + ": REPLACE COLUMNS is not supported, it would drop"
                            + " all columns with their values. Use RENAME COLUMN, ALTER COLUMN … TYPE, ADD COLUMN and DROP"
                            + " COLUMN, which keep those of the others; or REPLACE TABLE.");
        }
    }

    private SchemaChange toPaimon(TableChange change) {
        if (change instanceof TableChange.SetProperty set) {
            return set(set.property(), set.value());
        }
        if (change instanceof TableChange.RemoveProperty remove) {
            return remove(remove.property());
        }
        if (change instanceof TableChange.AddColumn add) {
            return add(add);
        }
        if (change instanceof TableChange.RenameColumn rename) {
            return SchemaChange.renameColumn(rename.fieldNames(), rename.newName());
        }
        if (change instanceof TableChange.DeleteColumn delete) {
            return SchemaChange.dropColumn(delete.fieldNames());
        }
        if (change instanceof TableChange.UpdateColumnType update) {
            String column = String.join(".", update.fieldNames());
            return SchemaChange.updateColumnType(
                    update.fieldNames(), SparkTypes.toPaimon(column, update.newDataType()), true);
        }
        if (change instanceof TableChange.UpdateColumnNullability update) {
            return SchemaChange.updateColumnNullability(update.fieldNames(), update.nullable());
        }
        if (change instanceof TableChange.UpdateColumnComment update) {
            return SchemaChange.updateColumnComment(update.fieldNames(), update.newComment());
        }
        if (change instanceof TableChange.UpdateColumnPosition update) {
            return SchemaChange.updateColumnPosition(move(update.fieldNames(), update.position()));
        }
        if (change instanceof TableChange.UpdateColumnDefaultValue update) {
            return defaultValue(update);
        }
        throw new UnsupportedOperationException("Table " + name + ": this change is not supported: " + change);
    }

    private SchemaChange set(String key, String value) {
        return switch (key) {
            case TableCatalog.PROP_COMMENT -> SchemaChange.updateComment(value);
            case TableCatalog.PROP_LOCATION ->
                throw new UnsupportedOperationException("Table " + name + ": its location cannot be changed. Create a"
                        + " table with the new LOCATION and insert the rows there.");
            case TableCatalog.PROP_PROVIDER ->
                throw new UnsupportedOperationException(
                        "Table " + name + " is a Paimon table: it has no other provider.");
            default -> {
                refusePrimaryKey(key);
                yield SchemaChange.setOption(key, value);
            }
        };
    }

    private SchemaChange remove(String key) {
        refusePrimaryKey(key);
        return key.equals(TableCatalog.PROP_COMMENT)
                ? SchemaChange.updateComment(null)
                : SchemaChange.removeOption(key);
    }

    private void refusePrimaryKey(String key) {
        if (key.equals(CoreOptions.PRIMARY_KEY.key())) {
            throw new UnsupportedOperationException("Table " + name
                    + ": its primary key cannot be changed. Create a table with the new key and insert the"
                    + " rows there.");
        }
    }

    private SchemaChange add(TableChange.AddColumn add) {
        String column = String.join(".", add.fieldNames());
        if (add.defaultValue() != null) {
            throw new UnsupportedOperationException("Table " + name + ": column '" + column
                    + "' cannot be added with a DEFAULT, since rows that are there already would not have it. Add it"
                    + " without, then use ALTER COLUMN … SET DEFAULT, which holds for rows to come.");
        }
        DataType type = SparkTypes.toPaimon(column, add.dataType()).copy(add.isNullable());
        SchemaChange.Move move = add.position() == null ? null : move(add.fieldNames(), add.position());
        return SchemaChange.addColumn(add.fieldNames(), type, add.comment(), move);
    }

    private SchemaChange.Move move(String[] field, TableChange.ColumnPosition position) {
        if (field.length > 1) {
            throw new UnsupportedOperationException("Table " + name + ": the position of the nested field '"
                    + String.join(".", field) + "' cannot be chosen, new fields come last.");
        }
        return position instanceof TableChange.After after
                ? SchemaChange.Move.after(field[0], after.column())
                : SchemaChange.Move.first(field[0]);
    }

    @SuppressWarnings("deprecation") // What takes its place is missing before 4.1.
    private SchemaChange defaultValue(TableChange.UpdateColumnDefaultValue update) {
        String column = String.join(".", update.fieldNames());
        String sql = update.newDefaultValue();
        if (sql == null || sql.isEmpty()) {
            return SchemaChange.updateColumnDefaultValue(update.fieldNames(), null);
        }
        if (update.fieldNames().length > 1 || !columns.containsField(column)) {
            throw new UnsupportedOperationException(
                    "Table " + name + ": '" + column + "' is no column that can have a DEFAULT.");
        }
        DataType type = columns.getField(column).type();
        return SchemaChange.updateColumnDefaultValue(update.fieldNames(), ColumnDefaults.toPaimon(column, type, sql));
    }
}
