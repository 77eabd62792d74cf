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
package dev.trestle.server.catalog;

import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.store.DefinitionRows;
import dev.trestle.server.store.NameFilter;
import dev.trestle.server.store.Store;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.rest.requests.CreateFunctionRequest;

/** Operations on functions; a function is kept as the request that makes it. Thread-safe. */
public final class Functions {

    private final Definitions<CreateFunctionRequest> functions;

    Functions(Store store, Clock clock) {
        this.functions = new Definitions<>(
                store,
                clock,
                DefinitionRows.FUNCTIONS,
                Resource.FUNCTION,
                CreateFunctionRequest.class,
                (handle, identifier) -> {});
    }

    /** Names of a database's functions in byte order. */
    public Page<String> list(String database, NameFilter filter, PageRequest page) {
        return functions.list(database, filter, page);
    }

    /** A database's functions in byte order of their names. */
    public Page<Defined<CreateFunctionRequest>> listDetails(String database, NameFilter filter, PageRequest page) {
        return functions.listDetails(database, filter, page);
    }

    /** Functions of all databases, in byte order of database and name. */
    public Page<Identifier> listGlobally(NameFilter databases, NameFilter names, PageRequest page) {
        return functions.listGlobally(databases, names, page);
    }

    /** The function of that name. */
    public Defined<CreateFunctionRequest> get(Identifier identifier) {
        return functions.get(identifier);
    }

    /** Makes a function. */
    public void create(String database, CreateFunctionRequest function, String user) {
        Names.checkFunction(function.name());
        functions.create(new Identifier(database, function.name()), function, user, user);
    }

    /** Changes a function: all changes, or none. */
    public void alter(Identifier identifier, List<FunctionChange> changes, String user) {
        functions.alter(identifier, function -> apply(identifier, function, changes), user);
    }

    /** Drops a function. */
    public void drop(Identifier identifier) {
        functions.drop(identifier);
    }

    private static CreateFunctionRequest apply(
            Identifier identifier, CreateFunctionRequest function, List<FunctionChange> changes) {
        Map<String, String> options = new HashMap<>(function.options());
        Map<String, FunctionDefinition> definitions = new HashMap<>(function.definitions());
        String comment = function.comment();
        for (FunctionChange change : changes) {
            if (change instanceof FunctionChange.SetFunctionOption set) {
                options.put(set.key(), set.value());
            } else if (change instanceof FunctionChange.RemoveFunctionOption remove) {
                options.remove(remove.key());
            } else if (change instanceof FunctionChange.UpdateFunctionComment update) {
                comment = update.comment();
            } else if (change instanceof FunctionChange.AddDefinition add) {
                if (definitions.putIfAbsent(add.name(), add.definition()) != null) {
                    throw CatalogException.alreadyExists(
                            Resource.DEFINITION,
                            add.name(),
                            "Definition " + add.name() + " of function " + identifier.getFullName()
                                    + " already exists.");
                }
            } else if (change instanceof FunctionChange.UpdateDefinition update) {
                if (definitions.replace(update.name(), update.definition()) == null) {
                    throw noDefinition(identifier, update.name());
                }
            } else if (change instanceof FunctionChange.DropDefinition drop) {
                if (definitions.remove(drop.name()) == null) {
                    throw noDefinition(identifier, drop.name());
                }
            } else {
                throw CatalogException.unsupported("This server does not know that change of a function: "
                        + change.getClass().getSimpleName());
            }
        }
        return new CreateFunctionRequest(
                function.name(),
                function.inputParams(),
                function.returnParams(),
                function.isDeterministic(),
                definitions,
                comment,
                options);
    }

    private static CatalogException noDefinition(Identifier identifier, String name) {
        return CatalogException.notFound(
                Resource.DEFINITION,
                name,
                "Definition " + name + " of function " + identifier.getFullName() + " does not exist.");
    }
}
