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

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.functions.FunctionIdentifier;
import org.apache.flink.table.functions.FunctionKind;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;

/**
 * Stands for an expression over columns that the table no longer has: another engine, which knows nothing of computed columns
 * and watermarks, dropped or renamed them. With the expression itself Flink would refuse every statement about the table, those
 * that mend it among them. With this, only a plan that has to compute it is refused.
 *
 * @param reason what is wrong and what to do
 * @param kept the column as it is stored; empty for what is no column of the table
 * @param type of what it would compute
 */
record LostExpression(String reason, Optional<FlinkOnlySchema.VirtualColumn> kept, DataType type)
        implements SpecializedFunction {

    private static final FunctionIdentifier NAME = FunctionIdentifier.of("cannot_be_computed");

    /** @param what such as {@code Column 's' of table d.t} */
    static String reason(String what, String expression, Set<String> missing, String instead) {
        return what + " cannot be computed: " + expression + " names '" + String.join("', '", missing)
                + "', which is no column of the table any more. Another engine dropped or renamed it. " + instead;
    }

    /** The one that a resolved expression is, if it is one. */
    static Optional<LostExpression> of(ResolvedExpression expression) {
        return expression instanceof CallExpression call && call.getFunctionDefinition() instanceof LostExpression lost
                ? Optional.of(lost)
                : Optional.empty();
    }

    /** A call of it, which Flink takes for an expression. */
    ResolvedExpression call() {
        return CallExpression.permanent(NAME, this, List.of(), type);
    }

    @Override
    public FunctionKind getKind() {
        return FunctionKind.SCALAR;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.NO_ARGS)
                .outputTypeStrategy(TypeStrategies.explicit(type))
                .build();
    }

    /** So that the planner does not compute it in advance, where nobody may ask for it. */
    @Override
    public boolean isDeterministic() {
        return false;
    }

    /** Called where a plan has to compute it. */
    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        throw new ValidationException(reason);
    }
}
