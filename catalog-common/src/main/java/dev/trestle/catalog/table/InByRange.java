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
package dev.trestle.catalog.table;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.predicate.CompareUtils;
import org.apache.paimon.predicate.FieldRef;
import org.apache.paimon.predicate.FunctionVisitor;
import org.apache.paimon.predicate.In;
import org.apache.paimon.predicate.LeafFunction;
import org.apache.paimon.predicate.LeafNAryFunction;
import org.apache.paimon.types.DataType;

/**
 * Whether a value is one of some, as {@link In} has it. Readers of files are told the range from the least to the greatest of
 * them, while Paimon's plans, which compare functions to find what leaves out buckets, take it for {@link In}.
 */
final class InByRange extends LeafNAryFunction {

    static final InByRange INSTANCE = new InByRange();

    private static final long serialVersionUID = 1L;

    private InByRange() {}

    @Override
    public boolean test(DataType type, Object value, List<Object> literals) {
        return In.INSTANCE.test(type, value, literals);
    }

    @Override
    public boolean test(DataType type, long rows, Object least, Object greatest, Long nulls, List<Object> literals) {
        return In.INSTANCE.test(type, rows, least, greatest, nulls, literals);
    }

    @Override
    public Optional<LeafFunction> negate() {
        return In.INSTANCE.negate();
    }

    @Override
    public <T> T visit(FunctionVisitor<T> visitor, FieldRef field, List<Object> literals) {
        Comparator<Object> order = (one, other) -> CompareUtils.compareLiteral(field.type(), one, other);
        return visitor.visitBetween(field, Collections.min(literals, order), Collections.max(literals, order));
    }

    @Override
    public String toJson() {
        return In.INSTANCE.toJson();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InByRange || other instanceof In;
    }

    @Override
    public int hashCode() {
        return In.INSTANCE.hashCode();
    }
}
