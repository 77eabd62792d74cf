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

import static io.trino.spi.StandardErrorCode.INVALID_DEFAULT_COLUMN_VALUE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.trino.spi.TrinoException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.BinaryLiteral;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.StringLiteral;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.types.BinaryType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.LocalZonedTimestampType;
import org.apache.paimon.types.TimestampType;
import org.apache.paimon.utils.DefaultValueUtils;

/** Default values of columns: literals in Trino, texts that are cast to the column's type in Paimon. */
final class ColumnDefaults {

    private static final SqlParser PARSER = new SqlParser();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private ColumnDefaults() {}

    /**
     * The text that Paimon keeps; empty for {@code NULL}, which is what a column without a default has.
     *
     * @param literal as Trino formats it
     * @throws TrinoException for a literal of which Paimon keeps no text, or another value than Trino's
     */
    static Optional<String> toPaimon(String column, DataType type, String literal) {
        Expression expression = PARSER.createExpression(literal);
        if (expression instanceof NullLiteral) {
            return Optional.empty();
        }
        String text = text(expression)
                .orElseThrow(() -> refuse(
                        column,
                        literal,
                        "Paimon keeps texts, numbers, truth values, dates, times, and bytes that are a text in UTF-8"));
        if (type instanceof LocalZonedTimestampType) {
            throw refuse(
                    column,
                    literal,
                    "Paimon reads the default of a timestamp with time zone in each reader's own zone. Write the values"
                            + " with INSERT, and leave out DEFAULT, also of what SHOW CREATE TABLE gives");
        }
        // Paimon takes a pair of quotes away, so a text that has them gets another pair.
        String stored = text.startsWith("'") && text.endsWith("'") ? "'" + text + "'" : text;
        try {
            DefaultValueUtils.validateDefaultValue(type, stored);
        } catch (RuntimeException e) {
            throw refuse(column, literal, e.getMessage());
        }
        if (type instanceof BinaryType binary && text.getBytes(UTF_8).length != binary.getLength()) {
            throw refuse(column, literal, "the column takes exactly " + binary.getLength() + " bytes");
        }
        return Optional.of(stored);
    }

    private static Optional<String> text(Expression expression) {
        if (expression instanceof StringLiteral string) {
            return Optional.of(string.getValue());
        }
        if (expression instanceof GenericLiteral generic) {
            return Optional.of(generic.getValue());
        }
        if (expression instanceof LongLiteral number) {
            return Optional.of(Long.toString(number.getParsedValue()));
        }
        if (expression instanceof DecimalLiteral number) {
            return Optional.of(number.getValue());
        }
        if (expression instanceof DoubleLiteral number) {
            return Optional.of(Double.toString(number.getValue()));
        }
        if (expression instanceof BooleanLiteral truth) {
            return Optional.of(Boolean.toString(truth.getValue()));
        }
        if (expression instanceof BinaryLiteral bytes) {
            return text(bytes.getValue());
        }
        return Optional.empty();
    }

    private static Optional<String> text(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return Arrays.equals(text.getBytes(UTF_8), bytes) ? Optional.of(text) : Optional.empty();
    }

    /** The literal that Trino inserts; empty if there is no default, or none that can be written as a literal. */
    static Optional<String> toTrino(DataField field) {
        if (field.defaultValue() == null) {
            return Optional.empty();
        }
        Object value;
        try {
            value = DefaultValueUtils.convertDefaultValue(field.type(), field.defaultValue());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(value).flatMap(present -> literal(field.type(), present));
    }

    private static Optional<String> literal(DataType type, Object value) {
        String text = value.toString();
        return switch (type.getTypeRoot()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> Optional.of(text);
            case FLOAT -> Optional.of("REAL '" + text + "'");
            case DOUBLE -> Optional.of("DOUBLE '" + text + "'");
            case DECIMAL -> Optional.of("DECIMAL '" + text + "'");
            case CHAR, VARCHAR -> Optional.of("'" + text.replace("'", "''") + "'");
            case BINARY, VARBINARY -> Optional.of("X'" + HexFormat.of().formatHex((byte[]) value) + "'");
            case DATE -> Optional.of("DATE '" + LocalDate.ofEpochDay((Integer) value) + "'");
            case TIME_WITHOUT_TIME_ZONE ->
                Optional.of("TIME '" + TIME.format(LocalTime.ofNanoOfDay((Integer) value * 1_000_000L)) + "'");
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                Optional.of("TIMESTAMP '" + timestamp(value, ((TimestampType) type).getPrecision()) + "'");
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                Optional.of(
                        "TIMESTAMP '" + timestamp(value, ((LocalZonedTimestampType) type).getPrecision()) + " UTC'");
            case ARRAY, MAP, MULTISET, ROW, VARIANT, VECTOR, BLOB -> Optional.empty();
        };
    }

    private static String timestamp(Object value, int precision) {
        DateTimeFormatterBuilder format = new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd HH:mm:ss");
        if (precision > 0) {
            format.appendFraction(ChronoField.NANO_OF_SECOND, precision, precision, true);
        }
        return format.toFormatter().format(((Timestamp) value).toLocalDateTime());
    }

    private static TrinoException refuse(String column, String literal, String reason) {
        return new TrinoException(
                INVALID_DEFAULT_COLUMN_VALUE,
                "Column '" + column + "' cannot have the default value " + literal + ": " + reason);
    }
}
