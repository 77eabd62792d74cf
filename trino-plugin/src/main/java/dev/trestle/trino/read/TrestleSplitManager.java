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
import dev.trestle.trino.TrestleConfig;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrestleTransactions;
import io.trino.spi.NodeManager;
import io.trino.spi.SplitWeight;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.FixedSplitSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.paimon.table.Table;

/** Plans scans with Paimon, off the thread that asks. Safe for use by many threads. */
public final class TrestleSplitManager implements ConnectorSplitManager {

    private final TrestleTransactions transactions;
    private final NativeReads nativeReads;
    private final NodeManager nodes;
    private final long dynamicFilterWaitMillis;
    private final Executor executor;

    @Inject
    TrestleSplitManager(
            ClassLoader classLoader,
            TrestleTransactions transactions,
            NativeReads nativeReads,
            NodeManager nodes,
            TrestleConfig config) {
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.nativeReads = requireNonNull(nativeReads, "nativeReads is null");
        this.nodes = requireNonNull(nodes, "nodes is null");
        this.dynamicFilterWaitMillis = config.getDynamicFilteringWaitTimeout().toMillis();
        this.executor = task -> Thread.ofVirtual().name("trestle-plan").start(() -> {
            try (ThreadContextClassLoader ignored = new ThreadContextClassLoader(classLoader)) {
                task.run();
            }
        });
    }

    @Override
    public ConnectorSplitSource getSplits(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorTableHandle tableHandle,
            Set<ColumnHandle> dynamicFilterColumns,
            Constraint constraint) {
        TrestleTableHandle handle = (TrestleTableHandle) tableHandle;
        if (handle.pushdown().computed().isPresent()) {
            return new FixedSplitSource(List.of(
                    new TrestleSplit(new byte[0], 0, Long.MAX_VALUE, OptionalInt.empty(), SplitWeight.standard())));
        }
        Table table = transactions.tables(transaction).openToScan(session, handle);
        boolean filteredLater = !dynamicFilterColumns.isEmpty();
        return new TrestleSplitSource(
                new TableSplitPlan(
                        handle,
                        table,
                        nativeReads,
                        filteredLater ? OptionalLong.empty() : handle.pushdown().limit(),
                        drivers()),
                executor,
                filteredLater ? dynamicFilterWaitMillis : 0);
    }

    private int drivers() {
        return Math.max(1, nodes.getWorkerNodes().size()) * Runtime.getRuntime().availableProcessors();
    }
}
