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

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.catalog.FunctionCatalog;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.FunctionKind;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionDefinition.FunctionFileResource;

/**
 * A function that Flink cannot call: it is defined for other engines only, in SQL, or in a language or by files that this
 * Flink does not know. It is found, since it is there and the planner only looks when it asks for one named like a column,
 * and refuses to be called.
 */
final class ForeignFunction implements FunctionDefinition {

    private final String refusal;

    private ForeignFunction(String refusal) {
        this.refusal = refusal;
    }

    static CatalogFunction of(String name, Function function) {
        Map<String, org.apache.paimon.function.FunctionDefinition> definitions =
                Objects.requireNonNullElse(function.definitions(), Map.of());
        String found = definitions.isEmpty()
                ? "no definition"
                : definitions.entrySet().stream()
                        .map(definition -> "'" + definition.getKey() + "' (" + kind(definition.getValue()) + ")")
                        .sorted()
                        .collect(Collectors.joining(", "));
        return new FunctionCatalog.InlineCatalogFunction(new ForeignFunction("Function " + name
                + " cannot be called by Flink, which needs a class in Java, Scala or Python, of files that it knows,"
                + " under the definition '" + Functions.DEFINITION + "'. It has " + found + ". Add one: ALTER FUNCTION "
                + name + " AS '<class>'"));
    }

    private static String kind(org.apache.paimon.function.FunctionDefinition definition) {
        if (definition instanceof org.apache.paimon.function.FunctionDefinition.LambdaFunctionDefinition lambda) {
            return "a lambda in " + lambda.language();
        }
        if (definition instanceof org.apache.paimon.function.FunctionDefinition.FileFunctionDefinition file) {
            return Functions.files(file).stream()
                    .map(FunctionFileResource::resourceType)
                    .distinct()
                    .collect(Collectors.collectingAndThen(
                            Collectors.joining(", "),
                            types -> "a class in " + file.language() + (types.isEmpty() ? "" : " of " + types)));
        }
        return "SQL, and Flink has no FunctionLanguage for it";
    }

    @Override
    public FunctionKind getKind() {
        return FunctionKind.SCALAR;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.WILDCARD)
                .outputTypeStrategy(this::refuse)
                .build();
    }

    private Optional<DataType> refuse(CallContext call) {
        throw new ValidationException(refusal);
    }
}
