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
package dev.trestle.trino.write;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.TrinoTypes;
import dev.trestle.trino.files.TrestleTableCredentials;
import dev.trestle.trino.read.TrestleSplit;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.MemoryContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.types.DataField;

/** Adds the row id to pages where a statement that changes rows asks for it. Safe for use by many threads. */
public final class MergePageSourceProvider implements ConnectorPageSourceProvider {

    private final ConnectorPageSourceProvider reading;
    private final OpenedTables tables;
    private final ClassLoader classLoader;

    /** @param reading reads columns of tables */
    public MergePageSourceProvider(ConnectorPageSourceProvider reading, OpenedTables tables, ClassLoader classLoader) {
        this.reading = requireNonNull(reading, "reading is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
    }

    @Override
    public ConnectorPageSource createPageSource(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorSplit split,
            ConnectorTableHandle table,
            Optional<ConnectorTableCredentials> credentials,
            List<ColumnHandle> columns,
            DynamicFilter dynamicFilter,
            MemoryContext memory) {
        List<TrestleColumnHandle> wanted =
                columns.stream().map(TrestleColumnHandle.class::cast).toList();
        if (wanted.stream().noneMatch(RowIds::isRowId)) {
            return reading.createPageSource(
                    transaction, session, split, table, credentials, columns, dynamicFilter, memory);
        }
        TrestleTableHandle handle = (TrestleTableHandle) table;
        FileStoreTable files = WrittenTables.require(tables.open(session, handle));
        TrestleSplit part = (TrestleSplit) split;
        if (files instanceof AuthorizedTable authorized) {
            TrinoErrors.run(
                    "read table " + files.fullName(),
                    () -> ChangedTables.requireEverythingRead(authorized, part.split(classLoader)));
        }
        if (files.primaryKeys().isEmpty()) {
            if (part.start() > 0) {
                // Positions count from the start of a file, so that the first part of a file reads all of it.
                return new EmptyPageSource();
            }
            return TrinoErrors.call("read table " + files.fullName(), () -> {
                if (credentials.isPresent()) {
                    tables.adopt(session, handle, (TrestleTableCredentials) credentials.get());
                }
                return new PositionPageSource(
                        ChangedTables.stored(files), (DataSplit) part.split(classLoader), wanted, memory);
            });
        }
        List<TrestleColumnHandle> read = new ArrayList<>(
                wanted.stream().filter(column -> !RowIds.isRowId(column)).toList());
        List<Integer> idChannels = new ArrayList<>();
        for (DataField field : RowIds.type(files.schema()).getFields()) {
            TrestleColumnHandle column =
                    new TrestleColumnHandle(field.id(), field.name(), TrinoTypes.toTrino(field.type()));
            if (!read.contains(column)) {
                read.add(column);
            }
            idChannels.add(read.indexOf(column));
        }
        ConnectorPageSource source = reading.createPageSource(
                transaction, session, split, table, credentials, List.copyOf(read), dynamicFilter, memory);
        List<Integer> channels = wanted.stream()
                .map(column -> RowIds.isRowId(column) ? KeyPageSource.ROW_ID : read.indexOf(column))
                .toList();
        return new KeyPageSource(source, channels, idChannels);
    }
}
