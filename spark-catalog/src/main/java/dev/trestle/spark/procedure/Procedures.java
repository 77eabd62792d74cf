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

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Catalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;

/**
 * The procedures of a catalog, all in the namespace {@code sys}. Names and parameters are those that paimon-spark has, where it
 * has the procedure.
 */
public final class Procedures {

    /** Where they are. */
    public static final String NAMESPACE = "sys";

    private final String catalogName;
    private final Map<String, TableProcedure> procedures = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Of one catalog. */
    public Procedures(String catalogName, Catalog catalog, ProcedureCalls calls) {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        CalledTables tables = new CalledTables(catalogName, catalog, calls);
        Stream.of(
                        TagProcedures.all(),
                        BranchProcedures.all(),
                        RollbackProcedures.all(),
                        MaintenanceProcedures.all(),
                        StatisticsProcedures.all(catalogName))
                .flatMap(List::stream)
                .forEach(definition -> procedures.put(definition.name(), new TableProcedure(definition, tables)));
    }

    /** The procedures of a namespace: none of any other than {@code sys}. */
    public Identifier[] list(String[] namespace) {
        return isOurs(namespace)
                ? procedures.keySet().stream()
                        .map(name -> Identifier.of(namespace, name))
                        .toArray(Identifier[]::new)
                : new Identifier[0];
    }

    private static boolean isOurs(String[] namespace) {
        return namespace.length == 1 && namespace[0].equalsIgnoreCase(NAMESPACE);
    }

    /** The procedure of a name; where there is none, what is thrown names those that there are. */
    public UnboundProcedure load(Identifier name) {
        TableProcedure procedure = isOurs(name.namespace()) ? procedures.get(name.name()) : null;
        if (procedure == null) {
            throw NoSuchProcedureException.procedure("Catalog " + catalogName + " has no procedure '"
                    + String.join(".", name.namespace()) + "." + name.name() + "'. Procedures of " + NAMESPACE + ": "
                    + String.join(", ", procedures.keySet()));
        }
        return procedure;
    }
}
