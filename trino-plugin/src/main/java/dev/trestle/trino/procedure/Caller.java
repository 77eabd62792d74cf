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
package dev.trestle.trino.procedure;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.catalog.http.CallContext;
import dev.trestle.catalog.procedure.ServiceResource;
import dev.trestle.catalog.procedure.WrongArgumentException;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TableFinder;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.procedure.Procedure.Argument;
import io.trino.spi.type.Type;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.paimon.table.FileStoreTable;

/** What all procedures have in common: they are called for a table, which they find and may change. */
final class Caller {

    static final String SCHEMA = "system";

    private final ClassLoader classLoader;
    private final SessionCatalogs catalogs;
    private final OpenedTables opened;
    private final TableFinder finder;

    @Inject
    Caller(ClassLoader classLoader, SessionCatalogs catalogs, OpenedTables opened, TableFinder finder) {
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.opened = requireNonNull(opened, "opened is null");
        this.finder = requireNonNull(finder, "finder is null");
    }

    /** What a procedure does. */
    @FunctionalInterface
    interface Action {
        void run(CalledTable table) throws Exception;
    }

    /** What a procedure needs the right to do, beside being called. */
    enum Change {
        /** Something is added to the table's history. */
        ADD,
        /** Rows or history can be lost. */
        LOSE
    }

    /**
     * Runs a procedure for a table.
     *
     * @param doing what it does, to follow "Could not", for example {@code create a tag}
     */
    void call(Call call, Change change, String doing, Action action) {
        call(call, change, Optional.empty(), doing, action);
    }

    /**
     * Runs a procedure that needs something of the service which not every protocol has.
     *
     * @param doing as above
     */
    void call(Call call, Change change, Optional<ServiceResource> needs, String doing, Action action) {
        SchemaTableName name = call.name();
        call.accessControl().checkCanInsertIntoTable(null, name, Optional.empty());
        if (change == Change.LOSE) {
            call.accessControl().checkCanDeleteFromTable(null, name, Optional.empty());
        }
        ConnectorSession session = call.session();
        try (ThreadContextClassLoader loader = new ThreadContextClassLoader(classLoader);
                CallContext.Scope scope = CallContext.withQueryId(session.getQueryId())) {
            TrinoErrors.call(doing + " of table " + name, () -> {
                needs.ifPresent(resource -> resource.require(catalogs.of(session), doing));
                TrestleTableHandle handle = finder.require(session, name);
                run(action, new CalledTable(catalogs.of(session), handle, opened.open(session, handle)));
                return null;
            });
        }
    }

    private static void run(Action action, CalledTable table) throws Exception {
        try {
            action.run(table);
        } catch (WrongArgumentException e) {
            throw CalledTable.wrong(e.getMessage(), e);
        }
    }

    /** The table as all engines' procedures know it. */
    static dev.trestle.catalog.procedure.CalledTable shared(CalledTable table) {
        FileStoreTable opened = table.opened() instanceof FileStoreTable files ? files : table.stored();
        return new dev.trestle.catalog.procedure.CalledTable(
                table.catalog(), table.identifier(), table.name().toString(), opened);
    }

    /** Who calls, for which table. */
    record Call(ConnectorAccessControl accessControl, ConnectorSession session, String schema, String table) {

        private SchemaTableName name() {
            return new SchemaTableName(required("schema_name", schema), required("table_name", table));
        }
    }

    /** An argument that must be given. */
    static <T> T required(String name, T value) {
        if (value == null) {
            throw CalledTable.wrong("Argument '" + name + "' must not be null");
        }
        return value;
    }

    static Argument required(String name, Type type) {
        return new Argument(name.toUpperCase(Locale.ENGLISH), type);
    }

    static Argument optional(String name, Type type) {
        return new Argument(name.toUpperCase(Locale.ENGLISH), type, false, null);
    }

    /**
     * A procedure that is a method of its own name in camel case; after the access control and the session the method takes
     * the schema, the table and the arguments.
     */
    static Procedure procedure(Lookup lookup, Object target, String name, Argument... arguments) {
        String methodName = camelCase(name);
        Method method = Arrays.stream(target.getClass().getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(methodName))
                .findFirst()
                .orElseThrow();
        List<Argument> all = new ArrayList<>();
        all.add(required("schema_name", VARCHAR));
        all.add(required("table_name", VARCHAR));
        all.addAll(List.of(arguments));
        try {
            return new Procedure(SCHEMA, name, all, lookup.unreflect(method).bindTo(target));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String camelCase(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.split("_", -1)) {
            text.append(text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }
}
