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
package dev.trestle.trino.function;

import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.function.table.ReturnTypeSpecification.GenericTable.GENERIC_TABLE;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.google.inject.Inject;
import dev.trestle.catalog.http.CallContext;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TableFinder;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.TrinoTypes;
import io.airlift.slice.Slice;
import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.function.table.AbstractConnectorTableFunction;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.Descriptor;
import io.trino.spi.function.table.ScalarArgument;
import io.trino.spi.function.table.ScalarArgumentSpecification;
import io.trino.spi.function.table.TableFunctionAnalysis;
import io.trino.spi.type.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.IncrementalBetweenScanMode;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.system.AuditLogTable;

/**
 * What has changed in a table between two of its states: the rows of its audit log, each with its kind of change in the
 * column {@code rowkind}.
 */
public final class TableChangesFunction extends AbstractConnectorTableFunction {

    private static final String SCHEMA_NAME = "SCHEMA_NAME";
    private static final String TABLE_NAME = "TABLE_NAME";
    private static final String MODE = "MODE";

    private final ClassLoader classLoader;
    private final SessionCatalogs catalogs;
    private final TableFinder finder;
    private final OpenedTables opened;

    @Inject
    public TableChangesFunction(
            ClassLoader classLoader, SessionCatalogs catalogs, TableFinder finder, OpenedTables opened) {
        super(
                "system",
                "table_changes",
                List.of(
                        required(SCHEMA_NAME),
                        required(TABLE_NAME),
                        optional(ChangeRange.START_SNAPSHOT, BIGINT),
                        optional(ChangeRange.END_SNAPSHOT, BIGINT),
                        optional(ChangeRange.START_TIMESTAMP, TIMESTAMP_TZ_MILLIS),
                        optional(ChangeRange.END_TIMESTAMP, TIMESTAMP_TZ_MILLIS),
                        optional(ChangeRange.START_TAG, VARCHAR),
                        optional(ChangeRange.END_TAG, VARCHAR),
                        optional(MODE, VARCHAR)),
                GENERIC_TABLE,
                "");
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.finder = requireNonNull(finder, "finder is null");
        this.opened = requireNonNull(opened, "opened is null");
    }

    private static ScalarArgumentSpecification required(String name) {
        return ScalarArgumentSpecification.builder().name(name).type(VARCHAR).build();
    }

    private static ScalarArgumentSpecification optional(String name, Type type) {
        return ScalarArgumentSpecification.builder()
                .name(name)
                .type(type)
                .defaultValue(null)
                .build();
    }

    @Override
    public TableFunctionAnalysis analyze(
            ConnectorSession session,
            ConnectorTransactionHandle transaction,
            Map<String, Argument> arguments,
            ConnectorAccessControl accessControl) {
        Map<String, Object> values = new HashMap<>();
        arguments.forEach((name, argument) -> values.put(name, ((ScalarArgument) argument).getValue()));
        SchemaTableName name = new SchemaTableName(text(values, SCHEMA_NAME), text(values, TABLE_NAME));
        try (ThreadContextClassLoader loader = new ThreadContextClassLoader(classLoader);
                CallContext.Scope scope = CallContext.withQueryId(session.getQueryId())) {
            return TrinoErrors.call(
                    "find the changes of table " + name, () -> analyze(session, name, values, accessControl));
        }
    }

    private TableFunctionAnalysis analyze(
            ConnectorSession session,
            SchemaTableName name,
            Map<String, Object> arguments,
            ConnectorAccessControl accessControl)
            throws Exception {
        TrestleTableHandle table = finder.require(session, name);
        if (!(opened.open(session, table) instanceof FileStoreTable stored)) {
            throw new TrinoException(
                    NOT_SUPPORTED, "Table " + name + " has no snapshots, so nothing is known of changes");
        }
        Optional<IncrementalBetweenScanMode> mode = mode(arguments);
        Map<String, String> options = new HashMap<>(
                ChangeRange.options(name, stored, catalogs.of(session), table.identifier(), arguments, mode));
        mode.ifPresent(wanted -> options.put(CoreOptions.INCREMENTAL_BETWEEN_SCAN_MODE.key(), wanted.toString()));
        TrestleTableHandle changes = auditLog(table, options);
        List<TrestleColumnHandle> columns = opened.open(session, changes).rowType().getFields().stream()
                .map(field -> new TrestleColumnHandle(field.id(), field.name(), TrinoTypes.toTrino(field.type())))
                .toList();
        accessControl.checkCanSelectFromColumns(
                null,
                name,
                Optional.empty(),
                stored.rowType().getFieldNames().stream()
                        .map(column -> column.toLowerCase(Locale.ENGLISH))
                        .collect(toUnmodifiableSet()));
        return TableFunctionAnalysis.builder()
                .returnedType(new Descriptor(columns.stream()
                        .map(column -> new Descriptor.Field(column.name(), Optional.of(column.type())))
                        .toList()))
                .handle(new TableChangesHandle(changes, columns))
                .build();
    }

    private static TrestleTableHandle auditLog(TrestleTableHandle table, Map<String, String> options) {
        Identifier of = table.identifier();
        Identifier log =
                new Identifier(of.getDatabaseName(), of.getTableName(), of.getBranchName(), AuditLogTable.AUDIT_LOG);
        return new TrestleTableHandle(
                table.name(), log.getDatabaseName(), log.getObjectName(), table.description(), options);
    }

    private static Optional<IncrementalBetweenScanMode> mode(Map<String, Object> arguments) {
        if (!(arguments.get(MODE) instanceof Slice slice)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(IncrementalBetweenScanMode.values())
                .filter(mode -> mode.toString().equalsIgnoreCase(slice.toStringUtf8()))
                .findFirst()
                .orElseThrow(() -> new TrinoException(
                        INVALID_FUNCTION_ARGUMENT,
                        "Argument MODE must be 'auto', 'delta', 'changelog' or 'diff', and is '" + slice.toStringUtf8()
                                + "'")));
    }

    private static String text(Map<String, Object> arguments, String name) {
        if (arguments.get(name) instanceof Slice slice) {
            return slice.toStringUtf8();
        }
        throw new TrinoException(INVALID_FUNCTION_ARGUMENT, "Argument " + name + " must not be null");
    }
}
