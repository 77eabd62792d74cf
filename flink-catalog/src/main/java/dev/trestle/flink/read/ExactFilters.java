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
package dev.trestle.flink.read;

import dev.trestle.catalog.table.FilePredicates;
import java.math.BigDecimal;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown.Result;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.Table;

/**
 * Filters that mean the same to Paimon as to Flink, which compares a number or a time as it is with a column of another
 * precision. Paimon takes it for a value of the column's type: one with more digits is rounded or cut, one that is too large
 * becomes null, and files and partitions are left out by that.
 */
public final class ExactFilters {

    private static final int DIGITS_OF_NANOS = 9;

    private ExactFilters() {}

    /**
     * Lets a source have such filters alone. The others remain for Flink, beside those that the source leaves to it.
     *
     * @param source applies filters to itself
     */
    public static Result apply(List<ResolvedExpression> filters, Function<List<ResolvedExpression>, Result> source) {
        List<ResolvedExpression> exact =
                filters.stream().filter(ExactFilters::isExact).toList();
        List<ResolvedExpression> left = source.apply(exact).getRemainingFilters();
        return Result.of(
                filters,
                filters.stream()
                        .filter(filter -> left.contains(filter) || !exact.contains(filter))
                        .toList());
    }

    /**
     * What a source of Paimon's has made of its filters, as the files of its table are to be asked.
     *
     * @param predicate null as in the source, if there is none
     */
    public static Predicate forFiles(Predicate predicate, Table table) {
        return predicate == null ? null : predicate.visit(new FilePredicates(table));
    }

    /** Whether each literal in a filter is a value of the type of the column that it is compared with. */
    public static boolean isExact(Expression filter) {
        List<LogicalType> columns = filter.getChildren().stream()
                .filter(FieldReferenceExpression.class::isInstance)
                .map(FieldReferenceExpression.class::cast)
                .map(column -> column.getOutputDataType().getLogicalType())
                .toList();
        return filter.getChildren().stream()
                .allMatch(child -> child instanceof ValueLiteralExpression literal
                        ? columns.stream().allMatch(column -> isExact(literal, column))
                        : isExact(child));
    }

    private static boolean isExact(ValueLiteralExpression literal, LogicalType column) {
        LogicalType given = literal.getOutputDataType().getLogicalType();
        return switch (column.getTypeRoot()) {
            case DECIMAL ->
                given.is(LogicalTypeFamily.EXACT_NUMERIC)
                        && literal.getValueAs(BigDecimal.class)
                                .filter(number -> fits(number, (DecimalType) column))
                                .isPresent();
            case FLOAT, DOUBLE ->
                literal.getValueAs(BigDecimal.class)
                        .filter(number -> isTheSame(number, given, column))
                        .isPresent();
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                given.is(column.getTypeRoot())
                        && literal.getValueAs(Temporal.class)
                                .filter(time -> fits(time, LogicalTypeChecks.getPrecision(column)))
                                .isPresent();
            default -> true;
        };
    }

    private static boolean fits(BigDecimal number, DecimalType type) {
        DecimalData value = DecimalData.fromBigDecimal(number, type.getPrecision(), type.getScale());
        return value != null && value.toBigDecimal().compareTo(number) == 0;
    }

    /** The digits of FLOAT are others where it is compared as a DOUBLE; both zeros are the same to Flink, and not to files. */
    private static boolean isTheSame(BigDecimal number, LogicalType given, LogicalType column) {
        boolean isWidened = given.is(LogicalTypeRoot.FLOAT) != column.is(LogicalTypeRoot.FLOAT);
        return number.signum() != 0 && (!isWidened || number.floatValue() == number.doubleValue());
    }

    private static boolean fits(Temporal time, int digits) {
        BigDecimal fraction = BigDecimal.valueOf(time.get(ChronoField.NANO_OF_SECOND), DIGITS_OF_NANOS);
        return fraction.stripTrailingZeros().scale() <= digits;
    }
}
