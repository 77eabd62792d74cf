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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.files.TrestleTableCredentials;
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
import io.trino.spi.predicate.TupleDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.paimon.table.Table;

/**
 * Reads the splits of one scan: by Trino's own readers where rows need no merge, by Paimon's else. Safe for use by many
 * threads.
 */
public final class TrestlePageSourceProvider implements ConnectorPageSourceProvider {

    /** Of one column. More of them, as joins find them, are tested faster in the join than in the dictionaries of files. */
    private static final int MOST_VALUES = 1_000;

    private final ClassLoader classLoader;
    private final OpenedTables tables;
    private final SplitReads reads;

    /** Opened once for all splits. */
    private final Map<TrestleTableHandle, Table> opened = new ConcurrentHashMap<>();

    @Inject
    TrestlePageSourceProvider(ClassLoader classLoader, OpenedTables tables, SplitReads reads) {
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.reads = requireNonNull(reads, "reads is null");
    }

    @Override
    public ConnectorPageSource createPageSource(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorSplit connectorSplit,
            ConnectorTableHandle tableHandle,
            Optional<ConnectorTableCredentials> tableCredentials,
            List<ColumnHandle> columns,
            DynamicFilter dynamicFilter,
            MemoryContext memoryContext) {
        TrestleTableHandle handle = (TrestleTableHandle) tableHandle;
        List<TrestleColumnHandle> wanted =
                columns.stream().map(TrestleColumnHandle.class::cast).toList();
        if (handle.pushdown().computed().isPresent()) {
            return ComputedRow.pages(handle.pushdown().computed().get(), wanted);
        }
        TupleDomain<TrestleColumnHandle> sought = handle.pushdown()
                .predicate()
                .intersect(dynamicFilter.getCurrentPredicate().transformKeys(TrestleColumnHandle.class::cast))
                .simplify(MOST_VALUES);
        if (sought.isNone()) {
            return new EmptyPageSource();
        }
        return TrinoErrors.call("read table " + handle.identifier().getFullName(), () -> {
            if (tableCredentials.isPresent()) {
                tables.adopt(session, handle, (TrestleTableCredentials) tableCredentials.get());
            }
            Table table = opened.computeIfAbsent(handle.with(Pushdown.NONE), unopened -> tables.open(session, handle));
            TrestleSplit split = (TrestleSplit) connectorSplit;
            return reads.open(
                    table,
                    split.split(classLoader),
                    split,
                    ReadColumns.of(table.rowType(), wanted),
                    sought,
                    memoryContext);
        });
    }
}
