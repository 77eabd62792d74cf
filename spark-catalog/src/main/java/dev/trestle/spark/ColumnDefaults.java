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
package dev.trestle.spark;

import dev.trestle.spark.data.SparkValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.utils.DefaultValueUtils;
import org.apache.spark.sql.connector.catalog.ColumnDefaultValue;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.types.DataTypes;

/**
 * Defaults of columns. Paimon stores one as the text of a constant, which it casts to the column's type; Spark has an
 * expression and its value.
 */
final class ColumnDefaults {

    /** Expressions whose value is another one at each INSERT. A text in quotes is none. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    private static final Pattern CHANGING = Pattern.compile(
            "(?i)\\b(current_\\w+|now|curdate|localtimestamp|localtime|unix_timestamp|session_user|user|uuid)\\b");

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private ColumnDefaults() {}

    /**
     * The text to store for the default of {@code CREATE TABLE}.
     *
     * @throws UnsupportedOperationException for what is no constant of a type whose text Paimon reads
     */
    static String toPaimon(String column, ColumnDefaultValue value) {
        return constant(column, value.getSql(), value.getValue());
    }

    private static String constant(String column, String sql, Literal<?> literal) {
        if (sql != null && CHANGING.matcher(QUOTED.matcher(sql).replaceAll("")).find()) {
            throw new UnsupportedOperationException("Column '" + column + "' has DEFAULT " + sql
                    + ", but a Paimon table stores constants only. Give the value in the INSERT instead.");
        }
        if (literal == null || literal.value() == null) {
            throw new UnsupportedOperationException("Column '" + column + "' has DEFAULT " + sql
                    + ", which is no constant. Leave out DEFAULT NULL, and use a literal otherwise.");
        }
        return text(column, literal);
    }

    private static String text(String column, Literal<?> literal) {
        org.apache.spark.sql.types.DataType type = literal.dataType();
        if (type.equals(DataTypes.DateType)) {
            return LocalDate.ofEpochDay((Integer) literal.value()).toString();
        }
        if (type.equals(DataTypes.TimestampNTZType)) {
            return TIMESTAMP.format(LocalDateTime.ofInstant(instant((Long) literal.value()), ZoneOffset.UTC));
        }
        if (type.typeName()
                .matches("string|char.*|varchar.*|boolean|tinyint|byte|smallint|short|integer|int|bigint|long|"
                        + "float|double|decimal.*")) {
            return literal.value().toString();
        }
        throw new UnsupportedOperationException("Column '" + column + "' has a DEFAULT of the type " + type.sql()
                + ", which is not stored. Give the value in the INSERT instead.");
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /**
     * The text to store for {@code ALTER COLUMN … SET DEFAULT}, of which only the expression is known.
     *
     * @param sql as the user wrote it
     */
    static String toPaimon(String column, DataType type, String sql) {
        String text = sql.trim();
        if (CHANGING.matcher(QUOTED.matcher(text).replaceAll("")).find()) {
            return constant(column, text, null);
        }
        try {
            DefaultValueUtils.validateDefaultValue(type, text);
        } catch (RuntimeException e) {
            throw new UnsupportedOperationException(
                    "Column '" + column + "': DEFAULT " + text + " is no constant of the type " + type.asSQLString()
                            + ". Use a literal, such as 1 or 'a'.",
                    e);
        }
        boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** What Spark fills in where an INSERT leaves the column out; null where there is no default. */
    static ColumnDefaultValue toSpark(DataField field, org.apache.spark.sql.types.DataType type) {
        if (field.defaultValue() == null) {
            return null;
        }
        Object stored = DefaultValueUtils.convertDefaultValue(field.type(), field.defaultValue());
        String plain = field.defaultValue();
        if (plain.length() > 1 && plain.startsWith("'") && plain.endsWith("'")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        String sql = sql(type, plain);
        return new ColumnDefaultValue(sql, new LiteralValue<>(SparkValues.toSpark(stored, field.type(), type), type));
    }

    private static String sql(org.apache.spark.sql.types.DataType type, String plain) {
        if (type.typeName().matches("boolean|tinyint|byte|smallint|short|integer|int|bigint|long")) {
            return plain;
        }
        String quoted = "'" + plain.replace("\\", "\\\\").replace("'", "\\'") + "'";
        return type.typeName().matches("string|char.*|varchar.*")
                ? quoted
                : "CAST(" + quoted + " AS " + type.sql() + ")";
    }
}
