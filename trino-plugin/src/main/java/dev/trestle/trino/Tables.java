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
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SchemaTableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final OpenedTables opened;
    private final Map<SchemaTableName, Optional<TrestleTableHandle>> found = new HashMap<>();

    Tables(SessionCatalogs catalogs, ObjectNames names) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
        this.opened = new OpenedTables(catalogs);
    }

    List<SchemaTableName> list(ConnectorSession session, String schema) {
        return TrinoErrors.call("list tables of schema " + schema, () -> catalogs.of(session)
                        .listTables(schema))
                .stream()
                .map(table -> new SchemaTableName(schema, table))
                .distinct()
                .toList();
    }

    /** Empty if there is no such table. */
    Optional<TrestleTableHandle> find(ConnectorSession session, SchemaTableName name) {
        return found.computeIfAbsent(name, unused -> load(session, name));
    }

    private Optional<TrestleTableHandle> load(ConnectorSession session, SchemaTableName name) {
        Optional<Identifier> identifier = names.table(session, name);
        if (identifier.isEmpty()) {
            return Optional.empty();
        }
        try {
            TableInfo table = catalogs.of(session).describeTable(identifier.get());
            return Optional.of(new TrestleTableHandle(
                    name,
                    identifier.get().getDatabaseName(),
                    identifier.get().getObjectName(),
                    Optional.of(TableDescription.of(table)),
                    Map.of()));
        } catch (Catalog.TableNotExistException e) {
            return Optional.empty();
        }
    }

    ConnectorTableMetadata describe(ConnectorSession session, TrestleTableHandle handle) {
        Table table = opened.open(session, handle);
        return new ConnectorTableMetadata(
                handle.name(),
                table.rowType().getFields().stream().map(Tables::metadata).toList(),
                Map.of(),
                table.comment());
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
        return metadata(opened.open(session, handle).rowType().getField(column.name()));
    }

    private static ColumnMetadata metadata(DataField field) {
        return ColumnMetadata.builder()
                .setName(field.name())
                .setType(TrinoTypes.toTrino(field.type()))
                .setNullable(field.type().isNullable())
                .setComment(Optional.ofNullable(field.description()))
                .build();
    }
}
