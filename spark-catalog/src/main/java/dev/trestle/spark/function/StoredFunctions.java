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
package dev.trestle.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;
import org.apache.paimon.rest.RESTFunctionValidator;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;

/** Finds the functions of a catalog. */
public final class StoredFunctions {

    private final Catalog catalog;

    /** Of one catalog. */
    public StoredFunctions(Catalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /** The names of the functions; none where the service keeps no functions. */
    public List<String> list(String database) throws Catalog.DatabaseNotExistException {
        try {
            return catalog.listFunctions(database);
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }

    /** The function of a name, if there is one; whether Spark can run it shows when it is bound. */
    public Optional<UnboundFunction> find(Identifier name) {
        if (!RESTFunctionValidator.isValidFunctionName(name.getObjectName())) {
            return Optional.empty();
        }
        try {
            Function function = catalog.getFunction(name);
            return Optional.of(new StoredFunction(name.getFullName(), function));
        } catch (Catalog.FunctionNotExistException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
