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

import static java.util.Objects.requireNonNullElse;

import dev.trestle.trino.SqlPaths;
import io.trino.spi.function.LanguageFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionDefinition.SQLFunctionDefinition;
import org.apache.paimon.function.FunctionImpl;

/** Trino's functions as the service keeps them: the definition {@code trino}, and options that begin with {@code trino.}. */
final class StoredFunction {

    /** The name under which Trino's definition is among a function's definitions. */
    static final String DIALECT = "trino";

    private static final String PARAMETERS = "trino.parameters";
    private static final String OWNER = "trino.owner";
    private static final String PATH = "trino.path";

    private StoredFunction() {}

    static Function toPaimon(Identifier identifier, LanguageFunction function) {
        return new FunctionImpl(
                identifier,
                null,
                null,
                true,
                Map.of(DIALECT, FunctionDefinition.sql(function.sql())),
                null,
                options(function));
    }

    private static Map<String, String> options(LanguageFunction function) {
        Map<String, String> options = new HashMap<>();
        options.put(PARAMETERS, function.signatureToken());
        function.owner().ifPresent(owner -> options.put(OWNER, owner));
        SqlPaths.toOption(function.path()).ifPresent(path -> options.put(PATH, path));
        return options;
    }

    /** Empty for a function that other engines alone can call. */
    static Optional<LanguageFunction> toTrino(Function function) {
        Map<String, String> options = requireNonNullElse(function.options(), Map.of());
        return definitions(function).get(DIALECT) instanceof SQLFunctionDefinition sql
                ? Optional.of(new LanguageFunction(
                        options.getOrDefault(PARAMETERS, "()"),
                        sql.definition(),
                        SqlPaths.ofOption(options.get(PATH)),
                        Optional.ofNullable(options.get(OWNER))))
                : Optional.empty();
    }

    /** What gives a function another definition for Trino; those of other engines stay. */
    static List<FunctionChange> changes(Function before, LanguageFunction after) {
        List<FunctionChange> changes = new ArrayList<>();
        FunctionDefinition definition = FunctionDefinition.sql(after.sql());
        FunctionDefinition old = definitions(before).get(DIALECT);
        if (old == null) {
            changes.add(FunctionChange.addDefinition(DIALECT, definition));
        } else if (!old.equals(definition)) {
            changes.add(FunctionChange.updateDefinition(DIALECT, definition));
        }
        Map<String, String> options = options(after);
        Map<String, String> stored = requireNonNullElse(before.options(), Map.of());
        for (String key : List.of(PARAMETERS, OWNER, PATH)) {
            String value = options.get(key);
            if (value != null && !value.equals(stored.get(key))) {
                changes.add(FunctionChange.setOption(key, value));
            } else if (value == null && stored.containsKey(key)) {
                changes.add(FunctionChange.removeOption(key));
            }
        }
        return changes;
    }

    private static Map<String, FunctionDefinition> definitions(Function function) {
        return requireNonNullElse(function.definitions(), Map.of());
    }
}
