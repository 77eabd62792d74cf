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
package dev.trestle.trino;

import static io.trino.spi.StandardErrorCode.AMBIGUOUS_NAME;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.TableInfo;
import dev.trestle.trino.schema.Columns;
import dev.trestle.trino.schema.TableProperties;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SchemaTableName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;

/** The tables of a catalog. Each is loaded once in a transaction. */
final class Tables {

    private final SessionCatalogs catalogs;
    private final ObjectNames names;
    private final PlannedTables opened;
    private final TransactionMemory.Part<SchemaTableName, Optional<TrestleTableHandle>> exact;
    private final TransactionMemory.Part<SchemaTableName, Optional<TrestleTableHandle>> folded;

    Tables(SessionCatalogs catalogs, ObjectNames names, PlannedTables opened) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
        this.opened = requireNonNull(opened, "opened is null");
        this.exact = names.memory().part();
        this.folded = names.memory().part();
    }

    /** Empty if there is no such table. */
    Optional<TrestleTableHandle> find(ConnectorSession session, SchemaTableName name) {
        return findExact(session, name).or(() -> findFolded(session, name));
    }

    /** The table that the service has under the very name. */
    Optional<TrestleTableHandle> findExact(ConnectorSession session, SchemaTableName name) {
        return ObjectNames.mayExist(name.getSchemaName())
                ? exact.learn(
                        session,
                        name,
                        () -> load(session, name, Identifier.create(name.getSchemaName(), name.getTableName())))
                : Optional.empty();
    }

    /** The table whose name differs in case alone. */
    Optional<TrestleTableHandle> findFolded(ConnectorSession session, SchemaTableName name) {
        return ObjectNames.mayExist(name.getSchemaName())
                ? folded.learn(
                        session,
                        name,
                        () -> names.foldedTable(session, name).flatMap(identifier -> load(session, name, identifier)))
                : Optional.empty();
    }

    private Optional<TrestleTableHandle> load(ConnectorSession session, SchemaTableName name, Identifier identifier) {
        return TrinoErrors.call("load table " + name, () -> {
            try {
                TableInfo table = catalogs.of(session).describeTable(identifier);
                return Optional.of(new TrestleTableHandle(
                        name,
                        identifier.getDatabaseName(),
                        identifier.getObjectName(),
                        Optional.of(TableDescription.of(table)),
                        Map.of()));
            } catch (Catalog.TableNotExistException e) {
                return Optional.empty();
            }
        });
    }

    ConnectorTableMetadata describe(ConnectorSession session, TrestleTableHandle handle) {
        Table table = opened.open(session, handle);
        return new ConnectorTableMetadata(
                handle.name(),
                table.rowType().getFields().stream().map(Columns::describe).toList(),
                properties(handle),
                table.comment());
    }

    /** The properties that make the table anew; none of those of a system table. */
    private static Map<String, Object> properties(TrestleTableHandle handle) {
        return handle.isSystemTable()
                ? Map.of()
                : handle.description()
                        .map(table -> TableProperties.of(
                                table.storedSchema(), table.external() ? Optional.of(table.path()) : Optional.empty()))
                        .orElse(Map.of());
    }

    /** @throws TrinoException if the names of two columns differ in case alone */
    Map<String, ColumnHandle> columns(ConnectorSession session, TrestleTableHandle handle) {
        Map<String, ColumnHandle> columns = new LinkedHashMap<>();
        for (DataField field : opened.open(session, handle).rowType().getFields()) {
            TrestleColumnHandle column =
                    new TrestleColumnHandle(field.id(), field.name(), TrinoTypes.toTrino(field.type()));
            if (columns.put(field.name().toLowerCase(Locale.ENGLISH), column) != null) {
                throw new TrinoException(
                        AMBIGUOUS_NAME,
                        "Table " + handle.name() + " has several columns '" + field.name()
                                + "' that differ in case alone, which Trino cannot tell apart");
            }
        }
        return columns;
    }

    ColumnMetadata column(ConnectorSession session, TrestleTableHandle handle, TrestleColumnHandle column) {
        if (!column.isWhole() || handle.pushdown().computed().isPresent()) {
            return new ColumnMetadata(column.toString(), column.type());
        }
        return Columns.describe(opened.open(session, handle).rowType().getField(column.name()));
    }
}
