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
package dev.trestle.catalog;

import static dev.trestle.catalog.Capability.ask;
import static dev.trestle.catalog.Failures.onDatabase;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.FunctionApi;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ResourceType;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.apache.paimon.catalog.Catalog.DefinitionAlreadyExistException;
import org.apache.paimon.catalog.Catalog.DefinitionNotExistException;
import org.apache.paimon.catalog.Catalog.FunctionAlreadyExistException;
import org.apache.paimon.catalog.Catalog.FunctionNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;

/** What the operations on functions mean. */
record FunctionOperations(SharedClient client) {

    List<String> list(String database) throws DatabaseNotExistException {
        return onDatabase(
                database, () -> ask(() -> Page.all(page -> functions().list(database, page, Optional.empty()))));
    }

    Page<String> list(String database, PageRequest page, Optional<String> namePattern)
            throws DatabaseNotExistException {
        return onDatabase(database, () -> ask(() -> functions().list(database, page, namePattern)));
    }

    Page<Function> details(String database, PageRequest page, Optional<String> namePattern)
            throws DatabaseNotExistException {
        return onDatabase(database, () -> ask(() -> functions().details(database, page, namePattern)));
    }

    Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> functionPattern) {
        return ask(() -> functions().listAll(page, databasePattern, functionPattern));
    }

    Function get(Identifier identifier) throws FunctionNotExistException {
        try {
            return client.cache()
                    .function(identifier, () -> ask(() -> functions().get(identifier)));
        } catch (NoSuchResourceException e) {
            throw new FunctionNotExistException(identifier, e);
        }
    }

    void create(Identifier identifier, Function function, boolean ignoreIfExists)
            throws FunctionAlreadyExistException, DatabaseNotExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> functions().create(identifier, function),
                            () -> find(identifier)
                                    .filter(now -> ignoreIfExists || isSame(now, function))
                                    .isPresent(),
                            advice(identifier));
        } catch (AlreadyExistsException e) {
            if (!ignoreIfExists) {
                throw new FunctionAlreadyExistException(identifier, e);
            }
        } catch (NoSuchResourceException e) {
            throw new DatabaseNotExistException(identifier.getDatabaseName(), e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateFunction(identifier);
        }
    }

    /** Functions have no version, so nothing proves that a lost change was made: it stays unknown. */
    void alter(Identifier identifier, List<FunctionChange> changes, boolean ignoreIfNotExists)
            throws FunctionNotExistException, DefinitionAlreadyExistException, DefinitionNotExistException {
        try {
            client.outcomes().settle(() -> functions().alter(identifier, changes), () -> false, advice(identifier));
        } catch (AlreadyExistsException e) {
            throw new DefinitionAlreadyExistException(identifier, e.resourceName(), e);
        } catch (NoSuchResourceException e) {
            if (e.resourceType() == ResourceType.DEFINITION) {
                throw new DefinitionNotExistException(identifier, e.resourceName(), e);
            }
            if (!ignoreIfNotExists) {
                throw new FunctionNotExistException(identifier, e);
            }
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateFunction(identifier);
        }
    }

    void drop(Identifier identifier, boolean ignoreIfNotExists) throws FunctionNotExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> functions().drop(identifier),
                            () -> find(identifier).isEmpty(),
                            advice(identifier));
        } catch (NoSuchResourceException e) {
            if (!ignoreIfNotExists) {
                throw new FunctionNotExistException(identifier, e);
            }
        } finally {
            client.cache().invalidateFunction(identifier);
        }
    }

    private Optional<Function> find(Identifier identifier) {
        try {
            return Optional.of(functions().get(identifier));
        } catch (NoSuchResourceException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(Function now, Function wanted) {
        return now.definitions().equals(wanted.definitions())
                && now.inputParams().equals(wanted.inputParams())
                && now.returnParams().equals(wanted.returnParams());
    }

    private static String advice(Identifier identifier) {
        return "Look at function '" + identifier.getFullName() + "'";
    }

    private FunctionApi functions() {
        return Capability.require(client.api().functions(), "use a function", "functions");
    }
}
