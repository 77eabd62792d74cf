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
package dev.trestle.trino.schema;

import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeCasts;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.VarCharType;

/**
 * What becomes of stored values when their column gets another type: Paimon casts them as they are read, in every engine. Its
 * explicit casts make others of some values, or fail, where nobody expects it; this allows those of its casts alone that keep
 * what a value says, if perhaps with fewer digits after the point.
 */
final class ValueCasts {

    /** That it gives back as they were. */
    private static final int DIGITS_OF_FLOAT = 6;

    private static final int DIGITS_OF_DOUBLE = 15;

    private ValueCasts() {}

    static boolean keep(DataType before, DataType after) {
        if (before.is(DataTypeFamily.TIMESTAMP)) {
            // From one with a zone to one without, the zone of the machine that reads would count.
            return before.is(after.getTypeRoot());
        }
        if (before.is(DataTypeFamily.CHARACTER_STRING) && after.is(DataTypeFamily.CHARACTER_STRING)) {
            return DataTypeChecks.getLength(before) <= DataTypeChecks.getLength(after) && supportsCast(before, after);
        }
        if (before.is(DataTypeFamily.EXACT_NUMERIC) && after.is(DataTypeFamily.APPROXIMATE_NUMERIC)) {
            return digits(before) <= (after.is(DataTypeRoot.FLOAT) ? DIGITS_OF_FLOAT : DIGITS_OF_DOUBLE);
        }
        if (after instanceof DecimalType decimal) {
            return wholeDigits(before) <= decimal.getPrecision() - decimal.getScale();
        }
        if (after instanceof VarCharType text && text.getLength() == VarCharType.MAX_LENGTH && hasPlainText(before)) {
            return true;
        }
        return supportsCast(before, after);
    }

    private static boolean supportsCast(DataType before, DataType after) {
        return DataTypeCasts.supportsCast(before.copy(true), after.copy(true), false);
    }

    private static int wholeDigits(DataType type) {
        return type instanceof DecimalType decimal ? decimal.getPrecision() - decimal.getScale() : digits(type);
    }

    private static int digits(DataType type) {
        return switch (type.getTypeRoot()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            case DECIMAL -> ((DecimalType) type).getPrecision();
            default -> Integer.MAX_VALUE;
        };
    }

    private static boolean hasPlainText(DataType type) {
        return type.is(DataTypeFamily.EXACT_NUMERIC) || type.isAnyOf(DataTypeRoot.BOOLEAN, DataTypeRoot.DATE);
    }
}
