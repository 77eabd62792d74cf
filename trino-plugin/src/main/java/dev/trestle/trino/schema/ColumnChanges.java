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
package dev.trestle.trino.schema;

import static io.trino.spi.StandardErrorCode.COLUMN_ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.table.BucketKeys;
import dev.trestle.catalog.table.SequenceFields;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.TrinoTypes;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ColumnPosition;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/** Changes the columns of a table and the fields in them. */
public final class ColumnChanges {

    private final TableAlterations tables;

    public ColumnChanges(TableAlterations tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    /**
     * Adds a column.
     *
     * @throws TrinoException if it may not be null, or has a default and there are rows: those have no value of it
     */
    public void add(
            ConnectorSession session, TrestleTableHandle table, ColumnMetadata column, ColumnPosition position) {
        Schema schema = TableAlterations.schema(table);
        if (!column.isNullable()) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Column '" + column.getName() + "' cannot be added with NOT NULL to table " + table.name()
                            + ", since the rows that are there have no value of it");
        }
        DataType type = new TableSchemas.ColumnTypes(schema.options()).of(column.getName(), column.getType());
        List<SchemaChange> changes = new ArrayList<>();
        changes.add(SchemaChange.addColumn(
                column.getName(),
                type,
                column.getComment().orElse(null),
                move(schema.rowType(), column.getName(), position)));
        Optional<String> defaultValue =
                column.getDefaultValue().flatMap(value -> ColumnDefaults.toPaimon(column.getName(), type, value));
        if (defaultValue.isPresent()) {
            if (tables.hasRows(session, table)) {
                throw new TrinoException(
                        NOT_SUPPORTED,
                        "Column '" + column.getName() + "' cannot be added with DEFAULT to table " + table.name()
                                + ", since the rows in its files, deleted ones among them, would not have it. Add the"
                                + " column, then use ALTER COLUMN … SET DEFAULT, which holds for rows to come");
            }
            changes.add(SchemaChange.updateColumnDefaultValue(new String[] {column.getName()}, defaultValue.get()));
        }
        tables.apply(session, table, changes);
    }

    /** Null, which Paimon takes for no wish, where the column comes last. */
    private static SchemaChange.Move move(RowType columns, String column, ColumnPosition position) {
        if (position instanceof ColumnPosition.First) {
            return SchemaChange.Move.first(column);
        }
        if (position instanceof ColumnPosition.After after) {
            return SchemaChange.Move.after(
                    column,
                    FieldPath.find(columns, List.of(after.columnName())).names().getFirst());
        }
        return null;
    }

    public void drop(ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column) {
        tables.apply(session, table, List.of(SchemaChange.dropColumn(column.name())));
    }

    public void rename(ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column, String newName) {
        tables.apply(session, table, List.of(SchemaChange.renameColumn(column.name(), newName)));
    }

    public void setComment(
            ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column, Optional<String> comment) {
        tables.apply(session, table, List.of(SchemaChange.updateColumnComment(column.name(), comment.orElse(null))));
    }

    /** Changes a row field by field, so that its fields keep their values. */
    public void setType(ConnectorSession session, TrestleTableHandle table, List<String> path, Type type) {
        Schema schema = TableAlterations.schema(table);
        FieldPath field = FieldPath.find(schema.rowType(), path);
        DataType wanted = TrinoTypes.toPaimon(String.join(".", field.names()), type);
        List<SchemaChange> changes = TypeChanges.of(field.names(), field.type(), wanted);
        TrinoErrors.run("alter table " + table.name(), () -> {
            String name = table.name().toString();
            BucketKeys.requireSameBuckets(name, schema.rowType(), schema.options(), changes);
            SequenceFields.requireSameOrder(name, schema.rowType(), schema.options(), changes);
        });
        tables.apply(session, table, changes);
    }

    public void dropNotNull(ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column) {
        tables.apply(session, table, List.of(SchemaChange.updateColumnNullability(column.name(), true)));
    }

    /** @param literal as Trino formats it; {@code NULL} takes the default value away */
    public void setDefault(
            ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column, String literal) {
        DataType type =
                TableAlterations.schema(table).rowType().getField(column.name()).type();
        setDefault(session, table, column, ColumnDefaults.toPaimon(column.name(), type, literal));
    }

    public void dropDefault(ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column) {
        setDefault(session, table, column, Optional.empty());
    }

    private void setDefault(
            ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column, Optional<String> value) {
        tables.apply(
                session,
                table,
                List.of(SchemaChange.updateColumnDefaultValue(new String[] {column.name()}, value.orElse(null))));
    }

    public void addField(
            ConnectorSession session,
            TrestleTableHandle table,
            List<String> parent,
            String name,
            Type type,
            boolean ignoreExisting) {
        FieldPath path = FieldPath.find(TableAlterations.schema(table).rowType(), parent);
        if (path.type() instanceof RowType row
                && row.getFieldNames().stream().anyMatch(existing -> existing.equalsIgnoreCase(name))) {
            if (ignoreExisting) {
                return;
            }
            throw new TrinoException(
                    COLUMN_ALREADY_EXISTS, "Field '" + name + "' already exists in '" + String.join(".", parent) + "'");
        }
        DataType added = TrinoTypes.toPaimon(String.join(".", parent) + "." + name, type);
        tables.apply(session, table, List.of(SchemaChange.addColumn(path.field(name), added, null, null)));
    }

    /** @param inside the column, from its field on */
    public void dropField(
            ConnectorSession session, TrestleTableHandle table, TrestleColumnHandle column, List<String> inside) {
        List<String> path = new ArrayList<>(List.of(column.name()));
        path.addAll(inside);
        FieldPath field = FieldPath.find(TableAlterations.schema(table).rowType(), path);
        tables.apply(session, table, List.of(SchemaChange.dropColumn(field.toArray())));
    }

    public void renameField(ConnectorSession session, TrestleTableHandle table, List<String> path, String newName) {
        FieldPath field = FieldPath.find(TableAlterations.schema(table).rowType(), path);
        tables.apply(session, table, List.of(SchemaChange.renameColumn(field.toArray(), newName)));
    }
}
