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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableChange;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.schema.NestedSchemaUtils;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataType;

/**
 * One {@code ALTER TABLE} as Paimon's schema changes. Computed and metadata columns are compared as a whole with the
 * new schema, since they lie in options by position; stored columns change one by one, so that each keeps its id.
 */
final class TableAlterations {

    private final String catalog;
    private final String name;
    private final Table before;
    private final ResolvedSchema after;
    private final TableSchemas.ColumnTypes types;
    private final List<SchemaChange> changes = new ArrayList<>();
    /** Names of the stored columns, as far as the changes have been applied. */
    private final List<String> stored;

    private TableAlterations(String catalog, String name, Table before, ResolvedSchema after) {
        this.catalog = catalog;
        this.name = name;
        this.before = before;
        this.after = after;
        this.types = new TableSchemas.ColumnTypes(before.options());
        this.stored = new ArrayList<>(before.rowType().getFieldNames());
    }

    /**
     * The changes that bring a table to its new definition.
     *
     * @param catalog what this session calls it
     * @param after the schema that results, with all columns in their new order
     * @throws ValidationException if a change cannot be made to a Paimon table
     */
    static List<SchemaChange> toPaimon(
            String catalog, String name, Table before, ResolvedSchema after, List<TableChange> tableChanges) {
        TableAlterations alterations = new TableAlterations(catalog, name, before, after);
        alterations.virtualColumns();
        tableChanges.forEach(alterations::add);
        return alterations.changes;
    }

    /** The changes from one set of options to another. */
    static List<SchemaChange> options(String name, Map<String, String> before, Map<String, String> after) {
        List<SchemaChange> changes = new ArrayList<>();
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                changes.add(setOption(name, key, value));
            }
        });
        before.keySet().forEach(key -> {
            if (!after.containsKey(key)) {
                changes.add(SchemaChange.removeOption(key));
            }
        });
        return changes;
    }

    private void virtualColumns() {
        Map<String, String> old = new HashMap<>();
        before.options().forEach((key, value) -> {
            if (FlinkOnlySchema.isColumnKey(key)) {
                old.put(key, value);
            }
        });
        changes.addAll(options(name, old, FlinkOnlySchema.columnsToOptions(catalog, after)));
    }

    private void add(TableChange change) {
        if (change instanceof TableChange.AddColumn add) {
            addColumn(add.getColumn(), add.getPosition());
        } else if (change instanceof TableChange.DropColumn drop) {
            dropColumn(drop.getColumnName());
        } else if (change instanceof TableChange.ModifyColumn modify) {
            modifyColumn(modify);
        } else if (change instanceof TableChange.AddWatermark add) {
            FlinkOnlySchema.watermarkToOptions(catalog, add.getWatermark()).forEach(this::setOption);
        } else if (change instanceof TableChange.ModifyWatermark modify) {
            FlinkOnlySchema.watermarkToOptions(catalog, modify.getNewWatermark())
                    .forEach(this::setOption);
        } else if (change instanceof TableChange.DropWatermark) {
            FlinkOnlySchema.watermarkKeys().forEach(key -> changes.add(SchemaChange.removeOption(key)));
        } else if (change instanceof TableChange.SetOption set) {
            setTableOption(set.getKey(), set.getValue());
        } else if (change instanceof TableChange.ResetOption reset) {
            resetTableOption(reset.getKey());
        } else if (change instanceof TableChange.ModifyTableComment comment) {
            changes.add(SchemaChange.updateComment(comment.getComment()));
        } else if (change instanceof TableChange.AddDistribution add) {
            TableSchemas.Buckets.toOptions(name, add.getDistribution()).forEach(this::setOption);
        } else if (change instanceof TableChange.ModifyDistribution modify) {
            TableSchemas.Buckets.toOptions(name, modify.getDistribution()).forEach(this::setOption);
        } else if (change instanceof TableChange.DropConstraint) {
            changes.add(SchemaChange.dropPrimaryKey());
        } else {
            throw refuse(change);
        }
    }

    private ValidationException refuse(TableChange change) {
        if (change instanceof TableChange.AddUniqueConstraint || change instanceof TableChange.ModifyUniqueConstraint) {
            return new ValidationException("The primary key of table " + name + " cannot be added or changed, since the"
                    + " stored files are ordered by it. Create a new table with the key and copy:"
                    + " CREATE TABLE … WITH (…) AS SELECT …");
        }
        if (change instanceof TableChange.DropDistribution) {
            return new ValidationException(
                    "The buckets of table " + name + " cannot be dropped. Change their number with"
                            + " ALTER TABLE … SET ('bucket'='n') and rescale, or create a new table.");
        }
        return new ValidationException("Table " + name + " cannot be altered by " + change + ".");
    }

    private void addColumn(Column column, TableChange.ColumnPosition position) {
        RefusedTables.checkColumn(name, column);
        if (!column.isPhysical()) {
            return;
        }
        String added = column.getName();
        changes.add(SchemaChange.addColumn(
                added,
                types.of(added, column.getDataType().getLogicalType()),
                column.getComment().orElse(null),
                position == null ? null : move(added, position)));
        stored.add(added);
    }

    private void dropColumn(String column) {
        if (stored.remove(column)) {
            changes.add(SchemaChange.dropColumn(column));
        }
    }

    private void modifyColumn(TableChange.ModifyColumn modify) {
        Column old = modify.getOldColumn();
        Column changed = modify.getNewColumn();
        if (!old.isPhysical()) {
            addColumn(changed, positionInNewSchema(changed.getName()));
        } else if (!changed.isPhysical()) {
            RefusedTables.checkColumn(name, changed);
            dropColumn(old.getName());
        } else if (modify instanceof TableChange.ModifyColumnName rename) {
            changes.add(SchemaChange.renameColumn(rename.getOldColumnName(), rename.getNewColumnName()));
            stored.replaceAll(column -> column.equals(rename.getOldColumnName()) ? rename.getNewColumnName() : column);
        } else if (modify instanceof TableChange.ModifyPhysicalColumnType type) {
            modifyType(old.getName(), type);
        } else if (modify instanceof TableChange.ModifyColumnPosition position) {
            changes.add(SchemaChange.updateColumnPosition(move(changed.getName(), position.getNewPosition())));
        } else if (modify instanceof TableChange.ModifyColumnComment comment) {
            changes.add(SchemaChange.updateColumnComment(changed.getName(), comment.getNewComment()));
        } else {
            throw refuse(modify);
        }
    }

    private void modifyType(String column, TableChange.ModifyPhysicalColumnType modify) {
        DataType old = before.rowType().getField(column).type();
        DataType changed = types.of(column, modify.getNewType().getLogicalType());
        try {
            NestedSchemaUtils.generateNestedColumnUpdates(List.of(column), old, changed, changes);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ValidationException(
                    "Column '" + column + "' of table " + name + " cannot become "
                            + modify.getNewType().getLogicalType().asSummaryString() + ": " + e.getMessage(),
                    e);
        }
    }

    private TableChange.ColumnPosition positionInNewSchema(String column) {
        int index = after.getColumnNames().indexOf(column);
        return index <= 0
                ? TableChange.ColumnPosition.first()
                : TableChange.ColumnPosition.after(after.getColumnNames().get(index - 1));
    }

    /** Where a stored column goes; after a column that is not stored means after the nearest stored one before it. */
    private SchemaChange.Move move(String column, TableChange.ColumnPosition position) {
        if (!(position instanceof TableChange.After after)) {
            return SchemaChange.Move.first(column);
        }
        List<String> all = this.after.getColumnNames();
        for (int i = all.indexOf(after.column()); i >= 0; i--) {
            if (stored.contains(all.get(i)) && !all.get(i).equals(column)) {
                return SchemaChange.Move.after(column, all.get(i));
            }
        }
        return stored.contains(after.column())
                ? SchemaChange.Move.after(column, after.column())
                : SchemaChange.Move.first(column);
    }

    private void setTableOption(String key, String value) {
        if (Catalog.COMMENT_PROP.equals(key)) {
            changes.add(SchemaChange.updateComment(value));
        } else {
            setOption(key, value);
        }
    }

    private void resetTableOption(String key) {
        changes.add(
                Catalog.COMMENT_PROP.equals(key) ? SchemaChange.updateComment(null) : SchemaChange.removeOption(key));
    }

    private void setOption(String key, String value) {
        changes.add(setOption(name, key, value));
    }

    private static SchemaChange setOption(String name, String key, String value) {
        if (CoreOptions.PATH.key().equals(key)) {
            throw new ValidationException("The path of table " + name
                    + " cannot be changed. Create a table at the other path, or move the data by INSERT INTO.");
        }
        if (key.equals("connector")) {
            RefusedTables.checkConnector(name, value);
        }
        if (CoreOptions.TYPE.key().equals(key)) {
            throw new ValidationException("The type of table " + name + " cannot be changed. Create a new table.");
        }
        return SchemaChange.setOption(key, value);
    }
}
