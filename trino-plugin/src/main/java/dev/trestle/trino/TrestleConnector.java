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

import static io.trino.spi.connector.ConnectorCapabilities.DEFAULT_COLUMN_VALUE;
import static io.trino.spi.connector.ConnectorCapabilities.NOT_NULL_COLUMN_CONSTRAINT;
import static io.trino.spi.transaction.IsolationLevel.SERIALIZABLE;
import static io.trino.spi.transaction.IsolationLevel.checkConnectorSupports;
import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import com.google.inject.Provider;
import dev.trestle.trino.function.TableChangesFunction;
import dev.trestle.trino.read.ReadSessionProperties;
import dev.trestle.trino.read.TrestlePageSourceProvider;
import dev.trestle.trino.read.TrestleSplitManager;
import dev.trestle.trino.schema.SchemaProperties;
import dev.trestle.trino.schema.TableProperties;
import dev.trestle.trino.statistics.AnalyzeProperties;
import dev.trestle.trino.write.MergePageSourceProvider;
import dev.trestle.trino.write.TableOptimize;
import dev.trestle.trino.write.TrestlePageSinkProvider;
import dev.trestle.trino.write.WriteSessionProperties;
import io.airlift.bootstrap.LifeCycleManager;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorMetadata;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorPageSinkProvider;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorPageSourceProvider;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorSplitManager;
import io.trino.plugin.base.classloader.ClassLoaderSafeNodePartitioningProvider;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorCapabilities;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPageSinkProvider;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorPageSourceProviderFactory;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.TableProcedureMetadata;
import io.trino.spi.function.table.ConnectorTableFunction;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.transaction.IsolationLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A catalog of Trino's. Everything that Trino calls runs with the plugin's class loader. */
final class TrestleConnector implements Connector {

    private final ClassLoader classLoader;
    private final LifeCycleManager lifeCycle;
    private final TrestleTransactions transactions;
    private final ConnectorSplitManager splitManager;
    private final ConnectorPageSourceProviderFactory pageSources;
    private final Optional<ConnectorAccessControl> accessControl;
    private final Set<Procedure> procedures;
    private final Set<ConnectorTableFunction> tableFunctions;
    private final ConnectorPageSinkProvider pageSinks;
    private final ConnectorNodePartitioningProvider partitioning;

    @Inject
    TrestleConnector(
            ClassLoader classLoader,
            LifeCycleManager lifeCycle,
            TrestleTransactions transactions,
            TrestleSplitManager splitManager,
            Provider<TrestlePageSourceProvider> pageSourceProviders,
            Optional<ConnectorAccessControl> accessControl,
            Set<Procedure> procedures,
            TableChangesFunction tableChanges,
            OpenedTables tables,
            TrestlePageSinkProvider pageSinkProvider,
            TrestleNodePartitioningProvider nodePartitioningProvider) {
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
        this.lifeCycle = requireNonNull(lifeCycle, "lifeCycle is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.splitManager = new ClassLoaderSafeConnectorSplitManager(
                QueryScope.of(ConnectorSplitManager.class, splitManager), classLoader);
        this.pageSinks = new ClassLoaderSafeConnectorPageSinkProvider(
                QueryScope.of(ConnectorPageSinkProvider.class, pageSinkProvider), classLoader);
        this.partitioning = new ClassLoaderSafeNodePartitioningProvider(nodePartitioningProvider, classLoader);
        this.pageSources = () -> new ClassLoaderSafeConnectorPageSourceProvider(
                QueryScope.of(
                        ConnectorPageSourceProvider.class,
                        new MergePageSourceProvider(pageSourceProviders.get(), tables, classLoader)),
                classLoader);
        this.accessControl = requireNonNull(accessControl, "accessControl is null");
        this.procedures = Set.copyOf(procedures);
        this.tableFunctions = Set.of(tableChanges);
    }

    @Override
    public ConnectorTransactionHandle beginTransaction(
            IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit) {
        checkConnectorSupports(SERIALIZABLE, isolationLevel);
        return transactions.begin();
    }

    @Override
    public void commit(ConnectorTransactionHandle transaction) {
        transactions.commit(transaction);
    }

    @Override
    public void rollback(ConnectorTransactionHandle transaction) {
        try (ThreadContextClassLoader ignored = new ThreadContextClassLoader(classLoader)) {
            transactions.rollback(transaction);
        }
    }

    @Override
    public ConnectorMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transaction) {
        return new ClassLoaderSafeConnectorMetadata(
                QueryScope.of(ConnectorMetadata.class, transactions.metadata(transaction)), classLoader);
    }

    @Override
    public ConnectorSplitManager getSplitManager() {
        return splitManager;
    }

    @Override
    public ConnectorPageSourceProviderFactory getPageSourceProviderFactory() {
        return pageSources;
    }

    @Override
    public Set<Procedure> getProcedures() {
        return procedures;
    }

    @Override
    public Set<ConnectorTableFunction> getTableFunctions() {
        return tableFunctions;
    }

    @Override
    public List<PropertyMetadata<?>> getAnalyzeProperties() {
        return AnalyzeProperties.ALL;
    }

    /** @throws UnsupportedOperationException if the server's own access control is to be asked, as Trino's SPI has it */
    @Override
    public ConnectorAccessControl getAccessControl() {
        return accessControl.orElseThrow(
                () -> new UnsupportedOperationException("The catalog has no access control of its own"));
    }

    @Override
    public ConnectorPageSinkProvider getPageSinkProvider() {
        return pageSinks;
    }

    @Override
    public ConnectorNodePartitioningProvider getNodePartitioningProvider() {
        return partitioning;
    }

    @Override
    public Set<TableProcedureMetadata> getTableProcedures() {
        return Set.of(TableOptimize.procedure());
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties() {
        return Stream.of(ReadSessionProperties.properties(), WriteSessionProperties.properties())
                .flatMap(List::stream)
                .<PropertyMetadata<?>>map(property -> property)
                .toList();
    }

    @Override
    public void shutdown() {
        lifeCycle.stop();
    }

    @Override
    public List<PropertyMetadata<?>> getSchemaProperties() {
        return SchemaProperties.all();
    }

    @Override
    public List<PropertyMetadata<?>> getTableProperties() {
        return TableProperties.all();
    }

    @Override
    public Set<ConnectorCapabilities> getCapabilities() {
        return Set.of(NOT_NULL_COLUMN_CONSTRAINT, DEFAULT_COLUMN_VALUE);
    }
}
