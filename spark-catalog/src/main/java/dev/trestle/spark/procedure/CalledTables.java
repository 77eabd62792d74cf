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
package dev.trestle.spark.procedure;

import dev.trestle.catalog.procedure.CalledTable;
import dev.trestle.catalog.procedure.ServiceResource;
import dev.trestle.catalog.procedure.WrongArgumentException;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.Expressions;

/** Finds the tables that procedures are called for. */
final class CalledTables {

    private final String catalogName;
    private final Catalog catalog;
    private final ProcedureCalls calls;

    /** What a procedure does. */
    interface Action<T> {
        T run(CalledTable table) throws Exception;
    }

    CalledTables(String catalogName, Catalog catalog, ProcedureCalls calls) {
        this.catalogName = catalogName;
        this.catalog = catalog;
        this.calls = calls;
    }

    <T> T call(String doing, Optional<ServiceResource> needs, Arguments arguments, Action<T> action) {
        return calls.call(
                doing
                        + arguments
                                .optionalText(TableProcedure.TABLE)
                                .map(name -> " for table " + name)
                                .orElse(""),
                () -> {
                    needs.ifPresent(resource -> resource.require(catalog, doing));
                    Identifier table = identifier(arguments.text(TableProcedure.TABLE));
                    return action.run(CalledTable.load(catalog, table, table.getFullName()));
                });
    }

    /** {@code t}, {@code db.t} or {@code catalog.db.t}; parts may be in backquotes. */
    private Identifier identifier(String text) {
        String[] parts = Expressions.column(text).fieldNames();
        return switch (parts.length) {
            case 1 -> Identifier.create(currentDatabase(text), parts[0]);
            case 2 -> Identifier.create(parts[0], parts[1]);
            case 3 -> {
                if (!parts[0].equals(catalogName)) {
                    throw new WrongArgumentException("Table " + text + " is in catalog '" + parts[0]
                            + "', and this procedure is of catalog '" + catalogName + "'");
                }
                yield Identifier.create(parts[1], parts[2]);
            }
            default ->
                throw new WrongArgumentException(
                        "Argument 'table' must be a table, such as 'db.t', and is '" + text + "'");
        };
    }

    private String currentDatabase(String table) {
        org.apache.spark.sql.catalog.Catalog session = SparkSession.active().catalog();
        if (!session.currentCatalog().equals(catalogName)) {
            throw new WrongArgumentException("Argument 'table' must name the database too, such as 'db." + table
                    + "', since the current catalog is '" + session.currentCatalog() + "'");
        }
        return session.currentDatabase();
    }
}
