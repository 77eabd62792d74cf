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
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.MemoryContext;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InstantiationUtil;

/** Opens the splits of a table for reading. Safe for use by many threads. */
public final class TrestlePageSourceProvider implements ConnectorPageSourceProvider {

    private final ClassLoader classLoader;
    private final OpenedTables tables;

    @Inject
    public TrestlePageSourceProvider(ClassLoader classLoader, OpenedTables tables) {
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
        this.tables = requireNonNull(tables, "tables is null");
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
        Table table = tables.open(session, handle);
        List<String> names = columns.stream()
                .map(column -> ((TrestleColumnHandle) column).name())
                .toList();
        RowType rowType = table.rowType().project(names);
        return TrinoErrors.call("read table " + handle.identifier().getFullName(), () -> {
            Split split =
                    InstantiationUtil.deserializeObject(((TrestleSplit) connectorSplit).serialized(), classLoader);
            ReadBuilder read = table.newReadBuilder().withReadType(rowType);
            return new RowPageSource(read.newRead().createReader(split), rowType, memoryContext);
        });
    }
}
