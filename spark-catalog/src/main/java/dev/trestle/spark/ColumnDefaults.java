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

import dev.trestle.spark.data.SparkTypes;
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
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.utils.DefaultValueUtils;
import org.apache.spark.sql.catalyst.util.ResolveDefaultColumns;
import org.apache.spark.sql.connector.catalog.ColumnDefaultValue;
import org.apache.spark.sql.connector.expressions.LiteralValue;

/**
 * Defaults of columns. Paimon stores one as the text of a constant, which it casts to the column's type; Spark has an
 * expression and its value.
 */
final class ColumnDefaults {

    /** A text in quotes of either kind, with what is escaped in it. */
    private static final Pattern QUOTED =
            Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

    /** Expressions whose value is another one at each INSERT. */
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
     * The text to store for a default.
     *
     * @param type of the column
     * @param sql as the user wrote it
     * @throws UnsupportedOperationException for what is no constant of a type whose text Paimon reads as the same value
     */
    static String toPaimon(String column, DataType type, String sql) {
        requireConstant(column, sql);
        Object constant;
        try {
            constant = ResolveDefaultColumns.analyze(column, SparkTypes.toSpark(type), sql, "DEFAULT")
                    .eval(null);
        } catch (Exception e) {
            throw new UnsupportedOperationException(
                    "Column '" + column + "': DEFAULT " + sql + " is no constant of the type " + type.asSQLString()
                            + ". Use a literal, such as 1 or 'a'. " + e.getMessage(),
                    e);
        }
        return text(column, type, sql, constant);
    }

    private static void requireConstant(String column, String sql) {
        if (CHANGING.matcher(QUOTED.matcher(sql).replaceAll("")).find()) {
            throw new UnsupportedOperationException("Column '" + column + "' has DEFAULT " + sql
                    + ", but a Paimon table stores constants only. Give the value in the INSERT instead.");
        }
    }

    private static String text(String column, DataType type, String sql, Object constant) {
        if (constant == null) {
            throw new UnsupportedOperationException("Column '" + column + "' has DEFAULT " + sql
                    + ", which is no constant. For none leave DEFAULT out, or DROP DEFAULT; use a literal otherwise.");
        }
        String text = text(column, type, constant);
        if (!isRead(type, text, constant)) {
            throw new UnsupportedOperationException("Column '" + column + "' has DEFAULT " + sql
                    + ", which would be stored as the text " + text + " and read as another value. Give the value in"
                    + " the INSERT instead.");
        }
        return text;
    }

    private static String text(String column, DataType type, Object constant) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> inQuotesIfQuoted(constant.toString());
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL -> constant.toString();
            case DATE -> LocalDate.ofEpochDay((Integer) constant).toString();
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                TIMESTAMP.format(LocalDateTime.ofInstant(instant((Long) constant), ZoneOffset.UTC));
            default ->
                throw new UnsupportedOperationException("Column '" + column + "' has a DEFAULT of the type "
                        + SparkTypes.toSpark(type).sql() + ", which is not stored. Give the value in the INSERT"
                        + " instead.");
        };
    }

    /** Paimon takes a pair of quotes away, so a text that has them gets another pair. */
    private static String inQuotesIfQuoted(String text) {
        return text.startsWith("'") && text.endsWith("'") ? "'" + text + "'" : text;
    }

    private static boolean isRead(DataType type, String text, Object constant) {
        try {
            Object read = DefaultValueUtils.convertDefaultValue(type, text);
            Object value = SparkValues.toSpark(read, type, SparkTypes.toSpark(type));
            // Which has blanks behind it up to its length.
            return type.is(DataTypeRoot.CHAR)
                    ? value.toString()
                            .stripTrailing()
                            .equals(constant.toString().stripTrailing())
                    : value.equals(constant);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
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
