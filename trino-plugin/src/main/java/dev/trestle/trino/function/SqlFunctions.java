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

import static io.trino.spi.StandardErrorCode.NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.PageTokens;
import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TransactionMemory;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.function.LanguageFunction;
import io.trino.spi.function.SchemaFunctionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Database;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.rest.RESTFunctionValidator;

/**
 * Functions that are written in Trino's SQL. The service holds one definition of a function for each engine, so that a name
 * stands for one function: overloads are refused.
 */
public final class SqlFunctions {

    private final SessionCatalogs catalogs;
    private final ObjectNames names;
    private final TransactionMemory.Part<SchemaFunctionName, Optional<Found>> found;

    /** A function, and what the service calls it. */
    private record Found(Identifier identifier, Function function) {}

    public SqlFunctions(SessionCatalogs catalogs, ObjectNames names) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
        this.found = names.memory().part();
    }

    /** Those of a schema that Trino can call. */
    public List<LanguageFunction> list(ConnectorSession session, String schema) {
        return TrinoErrors.call("list functions of schema " + schema, () -> {
            try {
                return names.inDatabase(session, schema, database -> listDatabase(session, database));
            } catch (Catalog.DatabaseNotExistException | UnsupportedOperationException e) {
                return List.of();
            }
        });
    }

    private List<LanguageFunction> listDatabase(ConnectorSession session, String database)
            throws Catalog.DatabaseNotExistException {
        List<LanguageFunction> functions = new ArrayList<>();
        PageTokens tokens = new PageTokens();
        String token = null;
        do {
            var page = catalogs.of(session).listFunctionDetailsPaged(database, 1_000, token, null);
            page.getElements()
                    .forEach(function -> StoredFunction.toTrino(function).ifPresent(functions::add));
            token = tokens.next(page.getNextPageToken());
        } while (token != null);
        return functions;
    }

    /** The function of this name that Trino can call, or none. */
    public List<LanguageFunction> get(ConnectorSession session, SchemaFunctionName name) {
        return find(session, name).map(Found::function).flatMap(StoredFunction::toTrino).stream()
                .toList();
    }

    private Optional<Found> find(ConnectorSession session, SchemaFunctionName name) {
        return ObjectNames.mayExist(name.schemaName()) && RESTFunctionValidator.isValidFunctionName(name.functionName())
                ? found.learn(session, name, () -> load(session, name))
                : Optional.empty();
    }

    private Optional<Found> load(ConnectorSession session, SchemaFunctionName name) {
        return TrinoErrors.call("load function " + name, () -> {
            try {
                Optional<Found> exact = load(session, new Identifier(name.schemaName(), name.functionName()));
                return exact.isPresent() ? exact : loadInFoldedSchema(session, name);
            } catch (UnsupportedOperationException e) {
                return Optional.empty();
            }
        });
    }

    /** In the schema whose name differs in case alone. */
    private Optional<Found> loadInFoldedSchema(ConnectorSession session, SchemaFunctionName name) {
        return names.database(session, name.schemaName())
                .map(Database::name)
                .filter(database -> !database.equals(name.schemaName()))
                .flatMap(database -> load(session, new Identifier(database, name.functionName())));
    }

    private Optional<Found> load(ConnectorSession session, Identifier identifier) {
        try {
            return Optional.of(new Found(identifier, catalogs.of(session).getFunction(identifier)));
        } catch (Catalog.FunctionNotExistException e) {
            return Optional.empty();
        }
    }

    /**
     * Creates a function, or gives the one that is there another body.
     *
     * @throws TrinoException if one of this name has other parameters
     */
    public void create(ConnectorSession session, SchemaFunctionName name, LanguageFunction function, boolean replace) {
        Optional<Found> before = find(session, name);
        before.map(Found::function)
                .flatMap(StoredFunction::toTrino)
                .filter(other -> !other.signatureToken().equals(function.signatureToken()))
                .ifPresent(other -> {
                    throw new TrinoException(
                            NOT_SUPPORTED,
                            "Function " + name + " exists with the parameters " + other.signatureToken()
                                    + " and cannot be overloaded with " + function.signatureToken()
                                    + ": the REST API holds one definition of a function for each engine. Drop it, or"
                                    + " use another name");
                });
        TrinoErrors.run("create function " + name, () -> {
            if (before.isPresent()) {
                change(session, before.get(), function);
            } else {
                names.inDatabase(session, name.schemaName(), database -> {
                    Identifier identifier = new Identifier(database, name.functionName());
                    catalogs.of(session)
                            .createFunction(identifier, StoredFunction.toPaimon(identifier, function), false);
                    return identifier;
                });
            }
            names.forget();
        });
    }

    private void change(ConnectorSession session, Found before, LanguageFunction after) throws Exception {
        catalogs.of(session)
                .alterFunction(before.identifier(), StoredFunction.changes(before.function(), after), false);
    }

    /** Takes Trino's definition away, and the function with it if it was the only one. */
    public void drop(ConnectorSession session, SchemaFunctionName name) {
        Found stored = find(session, name)
                .filter(function -> StoredFunction.toTrino(function.function()).isPresent())
                .orElseThrow(() -> new TrinoException(NOT_FOUND, "Function " + name + " does not exist"));
        TrinoErrors.run("drop function " + name, () -> {
            if (stored.function().definitions().size() > 1) {
                catalogs.of(session)
                        .alterFunction(
                                stored.identifier(),
                                List.of(FunctionChange.dropDefinition(StoredFunction.DIALECT)),
                                false);
            } else {
                catalogs.of(session).dropFunction(stored.identifier(), false);
            }
            names.forget();
        });
    }
}
