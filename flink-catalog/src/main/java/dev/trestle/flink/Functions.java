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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.resource.ResourceType;
import org.apache.flink.table.resource.ResourceUri;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.flink.function.BuiltInFunctions;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionDefinition.FileFunctionDefinition;
import org.apache.paimon.function.FunctionDefinition.FunctionFileResource;
import org.apache.paimon.function.FunctionImpl;

/**
 * Functions: a class of the user's, with the files that it is in, under the name {@code flink} among a function's
 * definitions. Beside them those that Paimon brings, in the database {@code sys}.
 */
final class Functions {

    /** The name under which Flink's definition is among a function's definitions. */
    static final String DEFINITION = "flink";

    private static final Set<String> SERVER_SET_OPTIONS = CatalogTables.SERVER_SET_OPTIONS;

    private final Catalog catalog;
    private final FunctionNames names;

    Functions(Catalog catalog, FunctionNames names) {
        this.catalog = catalog;
        this.names = names;
    }

    /** The names of the functions; none where the service keeps no functions. */
    List<String> list(String database) throws Catalog.DatabaseNotExistException {
        if (database.equals(Catalog.SYSTEM_DATABASE_NAME)) {
            return List.copyOf(BuiltInFunctions.FUNCTIONS.keySet());
        }
        try {
            return catalog.listFunctions(database);
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }

    /** The function; one that Flink cannot call is refused when it is called, not when the planner looks for it. */
    CatalogFunction get(ObjectPath path) throws Catalog.FunctionNotExistException {
        if (path.getDatabaseName().equals(Catalog.SYSTEM_DATABASE_NAME)) {
            return builtIn(path);
        }
        Optional<String> name = names.stored(path);
        if (name.isEmpty()) {
            throw new Catalog.FunctionNotExistException(Tables.identifier(path));
        }
        Function function = catalog.getFunction(Identifier.create(path.getDatabaseName(), name.get()));
        return function.definition(DEFINITION) instanceof FileFunctionDefinition file && isKnown(file)
                ? toFlink(file, function.options())
                : ForeignFunction.of(path.getFullName(), function);
    }

    private static CatalogFunction builtIn(ObjectPath path) throws Catalog.FunctionNotExistException {
        String className = BuiltInFunctions.FUNCTIONS.get(path.getObjectName());
        if (className == null) {
            throw new Catalog.FunctionNotExistException(Tables.identifier(path));
        }
        return new CatalogFunctionImpl(className, FunctionLanguage.JAVA);
    }

    boolean exists(ObjectPath path) {
        try {
            get(path);
            return true;
        } catch (Catalog.FunctionNotExistException e) {
            return false;
        }
    }

    void create(ObjectPath path, CatalogFunction function, boolean ignoreIfExists)
            throws Catalog.FunctionAlreadyExistException, Catalog.DatabaseNotExistException {
        FunctionDefinition definition = definition(path, function, resources(function));
        catalog.createFunction(
                Tables.identifier(path),
                new FunctionImpl(
                        Tables.identifier(path),
                        null,
                        null,
                        true,
                        Map.of(DEFINITION, definition),
                        null,
                        function.getOptions()),
                ignoreIfExists);
        names.made(path);
    }

    /** Replaces what Flink calls. {@code ALTER FUNCTION} names no files: those of the function stay. */
    void alter(ObjectPath path, CatalogFunction after, boolean ignoreIfNotExists)
            throws Catalog.FunctionNotExistException, Catalog.DefinitionAlreadyExistException,
                    Catalog.DefinitionNotExistException {
        Identifier name = stored(path);
        Function before;
        try {
            before = catalog.getFunction(name);
        } catch (Catalog.FunctionNotExistException e) {
            if (ignoreIfNotExists) {
                return;
            }
            throw e;
        }
        FunctionDefinition old = before.definition(DEFINITION);
        List<FunctionFileResource> files = resources(after);
        if (files.isEmpty() && old instanceof FileFunctionDefinition file) {
            files = file.fileResources();
        }
        FunctionDefinition definition = definition(path, after, files);
        FunctionChange change = old == null
                ? FunctionChange.addDefinition(DEFINITION, definition)
                : FunctionChange.updateDefinition(DEFINITION, definition);
        catalog.alterFunction(name, List.of(change), ignoreIfNotExists);
    }

    void drop(ObjectPath path, boolean ignoreIfNotExists) throws Catalog.FunctionNotExistException {
        catalog.dropFunction(stored(path), ignoreIfNotExists);
    }

    /** One of another name is taken where it is sure that this one is not there. */
    private Identifier stored(ObjectPath path) {
        String name = path.getObjectName();
        boolean isThere = names.stored(path).filter(name::equals).isPresent();
        return Identifier.create(
                path.getDatabaseName(), isThere ? name : names.storedNow(path).orElse(name));
    }

    private static FunctionDefinition definition(
            ObjectPath path, CatalogFunction function, List<FunctionFileResource> files) {
        return FunctionDefinition.file(
                files, function.getFunctionLanguage().name(), function.getClassName(), path.getObjectName());
    }

    private static List<FunctionFileResource> resources(CatalogFunction function) {
        return function.getFunctionResources().stream()
                .map(file -> new FunctionFileResource(file.getResourceType().name(), file.getUri()))
                .toList();
    }

    /** False for languages and files of which this Flink knows nothing, since another client may store any word. */
    private static boolean isKnown(FileFunctionDefinition file) {
        return language(file).isPresent()
                && files(file).stream().allMatch(resource -> type(resource).isPresent());
    }

    private static CatalogFunction toFlink(FileFunctionDefinition file, Map<String, String> options) {
        List<ResourceUri> resources = files(file).stream()
                .map(resource -> new ResourceUri(type(resource).orElseThrow(), resource.uri()))
                .toList();
        Map<String, String> visible = new HashMap<>(Objects.requireNonNullElse(options, Map.of()));
        visible.keySet().removeIf(SERVER_SET_OPTIONS::contains);
        visible.values().removeIf(Predicate.isEqual(null));
        return new CatalogFunctionImpl(file.className(), language(file).orElseThrow(), resources, visible);
    }

    static List<FunctionFileResource> files(FileFunctionDefinition file) {
        return Objects.requireNonNullElse(file.fileResources(), List.of());
    }

    private static Optional<FunctionLanguage> language(FileFunctionDefinition file) {
        return StoredWord.of(FunctionLanguage.class, file.language());
    }

    private static Optional<ResourceType> type(FunctionFileResource resource) {
        return StoredWord.of(ResourceType.class, resource.resourceType());
    }
}
