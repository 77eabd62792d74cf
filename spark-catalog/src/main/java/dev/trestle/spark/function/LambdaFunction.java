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

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ScriptEvaluator;

/** A Java lambda as a function, compiled in each task where it runs. */
final class LambdaFunction implements ScalarFunction<Object> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final JavaLambda lambda;
    private final DataType[] inputs;
    private final DataType result;

    private transient ScriptEvaluator compiled;

    LambdaFunction(String name, JavaLambda lambda, DataType[] inputs, DataType result) {
        this.name = name;
        this.lambda = lambda;
        this.inputs = inputs;
        this.result = result;
        // A wrong one is an error of the statement, not of a task.
        compiled();
    }

    private ScriptEvaluator compiled() {
        if (compiled == null) {
            ScriptEvaluator evaluator = new ScriptEvaluator();
            evaluator.setParentClassLoader(LambdaFunction.class.getClassLoader());
            evaluator.setParameters(
                    lambda.parameters().stream().map(JavaLambda.Parameter::name).toArray(String[]::new),
                    Arrays.stream(inputs)
                            .map(type -> JavaValues.of(name, type).type())
                            .toArray(Class<?>[]::new));
            evaluator.setReturnType(JavaValues.of(name, result).type());
            try {
                evaluator.cook(lambda.statements());
            } catch (CompileException e) {
                throw new UnsupportedOperationException(
                        "Function " + name + " cannot be run by Spark: its lambda cannot be compiled: "
                                + e.getMessage(),
                        e);
            }
            compiled = evaluator;
        }
        return compiled;
    }

    @Override
    public DataType[] inputTypes() {
        return inputs.clone();
    }

    @Override
    public DataType resultType() {
        return result;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String canonicalName() {
        return "trestle." + name + lambda;
    }

    @Override
    public Object produceResult(InternalRow input) {
        Object[] arguments = new Object[inputs.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] =
                    input.isNullAt(i) ? null : JavaValues.of(name, inputs[i]).toJava(input, i, inputs[i]);
        }
        try {
            Object value = compiled().evaluate(arguments);
            return value == null ? null : JavaValues.of(name, result).toSpark(value, result);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Function " + name + " failed: " + e.getCause(), e.getCause());
        }
    }
}
