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
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.SplitWeight;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.FixedSplitSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.utils.InstantiationUtil;

/** Plans which parts of a table are read. Safe for use by many threads. */
public final class TrestleSplitManager implements ConnectorSplitManager {

    private final OpenedTables tables;

    @Inject
    public TrestleSplitManager(OpenedTables tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    @Override
    public ConnectorSplitSource getSplits(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorTableHandle tableHandle,
            Set<ColumnHandle> dynamicFilterColumns,
            Constraint constraint) {
        TrestleTableHandle handle = (TrestleTableHandle) tableHandle;
        Table table = tables.openToPlan(session, handle);
        List<Split> planned = TrinoErrors.call(
                "plan the scan of table " + handle.identifier().getFullName(),
                () -> table.newReadBuilder().newScan().plan().splits());
        return new FixedSplitSource(
                planned.stream().map(TrestleSplitManager::split).toList());
    }

    private static ConnectorSplit split(Split split) {
        try {
            return new TrestleSplit(InstantiationUtil.serializeObject(split), SplitWeight.standard());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
