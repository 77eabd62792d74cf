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

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.queryauth.QueryAuth;
import dev.trestle.flink.metrics.MeteredTableSink;
import dev.trestle.flink.metrics.MeteredTableSource;
import dev.trestle.flink.read.SystemRowsSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.flink.DataCatalogTable;
import org.apache.paimon.flink.FlinkConnectorOptions;
import org.apache.paimon.flink.SystemCatalogTable;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;

/**
 * Paimon's sources and sinks for the tables of a {@link TrestleCatalog}. Reached through the catalog only: it is not
 * registered as a connector.
 */
final class TrestleTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {

    private final StatementTables loaded;
    private final Tables tables;

    TrestleTableFactory(StatementTables loaded, Tables tables) {
        this.loaded = loaded;
        this.tables = tables;
    }

    @Override
    public String factoryIdentifier() {
        return TrestleCatalogFactory.IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        CatalogTable origin = context.getCatalogTable().getOrigin();
        if (origin instanceof SystemCatalogTable system) {
            Table table = system.table().copy(sessionOptions(context));
            return new SystemRowsSource(context.getObjectIdentifier(), table, isUnbounded(context, table));
        }
        Table table = storedTable(context, origin);
        loaded.read(context.getObjectIdentifier().toObjectPath());
        if (table instanceof FileStoreTable stored && isStreaming(context)) {
            CoreCatalogs.readLatestWhereItRuns(stored);
        }
        boolean unbounded = !(table instanceof FormatTable) && isUnbounded(context, table);
        Table read = unbounded ? table : BatchSnapshot.pin(table);
        if (read instanceof AuthorizedTable authorized) {
            return new AuthorizedTableSource(context.getObjectIdentifier(), authorized, unbounded, context);
        }
        return new MeteredTableSource(context.getObjectIdentifier(), read, unbounded, context);
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        CatalogTable origin = context.getCatalogTable().getOrigin();
        if (origin instanceof SystemCatalogTable) {
            throw new ValidationException("Table "
                    + context.getObjectIdentifier().asSummaryString() + " is a system table: it can be read only.");
        }
        Table table = storedTable(context, origin);
        CoreCatalogs.requireWritable(table);
        loaded.forget(context.getObjectIdentifier().toObjectPath());
        if (table instanceof FileStoreTable stored && (isStreaming(context) || keepsAnIndex(stored))) {
            CoreCatalogs.readLatestWhereItRuns(stored);
        }
        if (table instanceof AuthorizedTable authorized) {
            return new AuthorizedTableSink(context.getObjectIdentifier(), authorized, context);
        }
        return table instanceof FormatTable format
                ? new FilesTableSink(context.getObjectIdentifier().asSummaryString(), format)
                : new MeteredTableSink(context.getObjectIdentifier(), table, context);
    }

    /** The loaded table, with the options of hints and of the session. */
    private Table storedTable(Context context, CatalogTable origin) {
        String name = context.getObjectIdentifier().asSummaryString();
        Table stored = origin instanceof DataCatalogTable given
                ? given.table()
                : materializedTable(context.getObjectIdentifier().toObjectPath(), name);
        Map<String, String> options = options(context, origin);
        Table table;
        if (stored instanceof FormatTable files) {
            requireSameFiles(name, files, options);
            table = files.copy(options);
        } else {
            table = ((FileStoreTable) stored).copyWithoutTimeTravel(options);
            requireServiceDecides(name, stored, table);
        }
        checkColumns(name, context, table);
        if (Options.fromMap(table.options()).get(FlinkConnectorOptions.FILESYSTEM_JOB_LEVEL_SETTINGS_ENABLED)) {
            table.fileIO().setRuntimeContext(configuration(context.getConfiguration()));
        }
        return table;
    }

    /** Flink hands a materialized table over as a plain definition, without the table that it was made from. */
    private FileStoreTable materializedTable(ObjectPath path, String name) {
        try {
            Optional<FileStoreTable> known = loaded.find(path);
            Table table = known.isPresent() ? known.get() : tables.load(path);
            if (table instanceof FileStoreTable stored && MaterializedTables.isMaterialized(stored)) {
                return stored;
            }
            throw notStored(name, null);
        } catch (Catalog.TableNotExistException e) {
            throw notStored(name, e);
        }
    }

    private static ValidationException notStored(String name, Throwable cause) {
        return new ValidationException(
                "Table " + name + " is not stored yet. CREATE TABLE AS and REPLACE TABLE AS write a table that was"
                        + " created before: set 'table.rtas-ctas.atomicity-enabled' to 'false'.",
                cause);
    }

    /** Who may read what is the service's to say: an option of the table says that it has to be asked. */
    private static void requireServiceDecides(String name, Table stored, Table used) {
        if (QueryAuth.isOn(used.options()) != QueryAuth.isOn(stored.options())) {
            throw new ValidationException("Table " + name + ": '" + CoreOptions.QUERY_AUTH_ENABLED.key()
                    + "' is an option of the table, and not to be set for one statement or session.");
        }
    }

    /** What the files are and where they lie is the table's: by another answer they would be read or written wrongly. */
    private static void requireSameFiles(String name, FormatTable table, Map<String, String> options) {
        String format = options.getOrDefault(
                CoreOptions.FILE_FORMAT.key(), table.format().name());
        if (!format.equalsIgnoreCase(table.format().name())) {
            throw differentFiles(name, CoreOptions.FILE_FORMAT.key(), format);
        }
        String path = options.getOrDefault(CoreOptions.PATH.key(), table.location());
        if (!path.equals(table.location())) {
            throw differentFiles(name, CoreOptions.PATH.key(), path);
        }
    }

    private static ValidationException differentFiles(String name, String key, String value) {
        return new ValidationException(
                "Table " + name + " keeps plain files, of which '" + key + "' cannot be '" + value
                        + "' for one statement or session. Leave out the hint or RESET the option, or create a table of such"
                        + " files.");
    }

    /** Options of the table and its hints, under those of the session. */
    private static Map<String, String> options(Context context, CatalogTable origin) {
        Map<String, String> options = new HashMap<>(origin.getOptions());
        sessionOptions(context).forEach((key, value) -> {
            String before = options.put(key, value);
            if (!value.equals(before)) {
                SchemaManager.checkAlterTableOption(origin.getOptions(), key, before, value);
            }
        });
        return options;
    }

    private static Map<String, String> sessionOptions(Context context) {
        return SessionTableOptions.of(configuration(context.getConfiguration()), context.getObjectIdentifier());
    }

    private static Map<String, String> configuration(ReadableConfig config) {
        if (config instanceof Configuration configuration) {
            return configuration.toMap();
        }
        return ((TableConfig) config).getConfiguration().toMap();
    }

    private static boolean isStreaming(Context context) {
        return context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.STREAMING;
    }

    /** Whether writers read, when they start, where keys are. */
    private static boolean keepsAnIndex(FileStoreTable table) {
        return table.bucketMode() == BucketMode.HASH_DYNAMIC || table.bucketMode() == BucketMode.KEY_DYNAMIC;
    }

    private static boolean isUnbounded(Context context, Table table) {
        return isStreaming(context)
                && !Options.fromMap(table.options())
                        .getOptional(FlinkConnectorOptions.SCAN_BOUNDED)
                        .orElse(false);
    }

    /** A compiled plan may be older than the table: its columns must still be there, in this order. */
    private static void checkColumns(String name, Context context, Table table) {
        List<Column> planned = context.getCatalogTable().getResolvedSchema().getColumns().stream()
                .filter(Column::isPhysical)
                .toList();
        RowType stored = FlinkTypes.toFlink(table.rowType());
        boolean same = planned.size() == stored.getFieldCount();
        for (int i = 0; same && i < planned.size(); i++) {
            LogicalType type = planned.get(i).getDataType().getLogicalType();
            same = planned.get(i).getName().equals(stored.getFieldNames().get(i))
                    && type.copy(true).equals(stored.getTypeAt(i).copy(true));
        }
        if (!same) {
            throw new ValidationException("The columns of table " + name
                    + " changed since the statement was planned. Plan it again. Stored: " + stored.asSummaryString());
        }
    }
}
