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

import java.math.BigDecimal;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/** Values as the Java code of a function has them. */
enum JavaValues {
    BOOLEAN(Boolean.class),
    BYTE(Byte.class),
    SHORT(Short.class),
    INTEGER(Integer.class),
    LONG(Long.class),
    FLOAT(Float.class),
    DOUBLE(Double.class),
    DECIMAL(BigDecimal.class),
    STRING(String.class);

    private final Class<?> type;

    JavaValues(Class<?> type) {
        this.type = type;
    }

    Class<?> type() {
        return type;
    }

    /** @throws UnsupportedOperationException for a type whose values no lambda takes */
    static JavaValues of(String function, DataType type) {
        if (type instanceof BooleanType) {
            return BOOLEAN;
        } else if (type instanceof ByteType) {
            return BYTE;
        } else if (type instanceof ShortType) {
            return SHORT;
        } else if (type instanceof IntegerType) {
            return INTEGER;
        } else if (type instanceof LongType) {
            return LONG;
        } else if (type instanceof FloatType) {
            return FLOAT;
        } else if (type instanceof DoubleType) {
            return DOUBLE;
        } else if (type instanceof DecimalType) {
            return DECIMAL;
        } else if (type instanceof StringType) {
            return STRING;
        }
        throw new UnsupportedOperationException("Function " + function + " cannot be run by Spark: a lambda takes and"
                + " answers numbers, strings and Booleans, and no " + type.sql() + ".");
    }

    Object toJava(InternalRow row, int position, DataType given) {
        return switch (this) {
            case BOOLEAN -> row.getBoolean(position);
            case BYTE -> row.getByte(position);
            case SHORT -> row.getShort(position);
            case INTEGER -> row.getInt(position);
            case LONG -> row.getLong(position);
            case FLOAT -> row.getFloat(position);
            case DOUBLE -> row.getDouble(position);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) given;
                yield row.getDecimal(position, decimal.precision(), decimal.scale())
                        .toJavaBigDecimal();
            }
            case STRING -> row.getUTF8String(position).toString();
        };
    }

    Object toSpark(Object value, DataType wanted) {
        return switch (this) {
            case STRING -> UTF8String.fromString((String) value);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) wanted;
                yield Decimal.apply(
                        new scala.math.BigDecimal((BigDecimal) value), decimal.precision(), decimal.scale());
            }
            default -> value;
        };
    }
}
