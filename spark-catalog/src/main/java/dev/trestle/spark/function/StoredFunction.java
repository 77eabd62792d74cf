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

import dev.trestle.spark.data.SparkTypes;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionDefinition.FileFunctionDefinition;
import org.apache.paimon.function.FunctionDefinition.LambdaFunctionDefinition;
import org.apache.paimon.types.DataField;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A function as the service keeps it, by its definition for {@code spark}: a Java lambda, or a class on Spark's class path
 * that is a function of Spark's ({@link UnboundFunction}).
 */
record StoredFunction(String name, Function function) implements UnboundFunction {

    /** The name under which Spark's definition is among a function's definitions. */
    static final String DIALECT = "spark";

    @Override
    public String description() {
        return function.comment() == null ? name : function.comment();
    }

    @Override
    public BoundFunction bind(StructType given) {
        FunctionDefinition definition =
                Optional.ofNullable(function.definition(DIALECT)).orElseThrow(this::undefined);
        if (definition instanceof LambdaFunctionDefinition lambda) {
            return lambda(lambda, given.size());
        }
        if (definition instanceof FileFunctionDefinition file) {
            return ofClass(file.className()).bind(given);
        }
        throw refused("its definition for '" + DIALECT
                + "' is SQL, and Spark takes no SQL functions from a catalog (FunctionCatalog has none)."
                + " Give it a Java lambda");
    }

    private UnsupportedOperationException undefined() {
        Map<String, FunctionDefinition> definitions = function.definitions();
        return refused("it has no definition for '" + DIALECT + "', only for '"
                + String.join("', '", new TreeSet<>(definitions.keySet())) + "'. Add one: a Java lambda, or a class");
    }

    private BoundFunction lambda(LambdaFunctionDefinition lambda, int given) {
        if (!"JAVA".equalsIgnoreCase(lambda.language())) {
            throw refused("its lambda is in " + lambda.language() + ", not in Java");
        }
        List<DataField> parameters = function.inputParams().orElse(List.of());
        List<DataField> results = function.returnParams().orElse(List.of());
        if (results.size() != 1) {
            throw refused("it answers " + results.size() + " values, and not one");
        }
        if (parameters.size() != given) {
            throw new UnsupportedOperationException(
                    "Function " + name + " takes " + parameters.size() + " arguments, and was called with " + given);
        }
        DataType[] types = parameters.stream()
                .map(parameter -> SparkTypes.toSpark(parameter.type()))
                .toArray(DataType[]::new);
        DataType result = SparkTypes.toSpark(results.get(0).type());
        return new LambdaFunction(name, JavaLambda.parse(name, lambda.definition()), types, result);
    }

    private UnboundFunction ofClass(String className) {
        try {
            Class<?> type =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader());
            if (!UnboundFunction.class.isAssignableFrom(type)) {
                throw refused("class " + className + " is no " + UnboundFunction.class.getName());
            }
            return (UnboundFunction) type.getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw refused("class " + className + " is not on Spark's class path: add its jar with --jars", e);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw refused("class " + className + " has no public constructor without arguments", e);
        } catch (InvocationTargetException e) {
            throw refused("class " + className + " cannot be made: " + e.getCause(), e);
        }
    }

    private UnsupportedOperationException refused(String reason) {
        return new UnsupportedOperationException("Function " + name + " cannot be run by Spark: " + reason + ".");
    }

    private UnsupportedOperationException refused(String reason, Exception cause) {
        return new UnsupportedOperationException(
                "Function " + name + " cannot be run by Spark: " + reason + ".", cause);
    }
}
