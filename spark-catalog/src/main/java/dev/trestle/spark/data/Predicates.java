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
package dev.trestle.spark.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.predicate.Equal;
import org.apache.paimon.predicate.LeafPredicate;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Spark's predicates as Paimon's, true of the same values. One that Paimon might understand otherwise is left to Spark: texts
 * of CHAR, which Spark pads, and comparisons of floating-point numbers in which NaN or the sign of zero counts.
 */
public final class Predicates {

    private final RowType columns;
    private final PredicateBuilder builder;

    /** @param columns all columns of the table */
    public Predicates(RowType columns) {
        this.columns = columns;
        this.builder = new PredicateBuilder(columns);
    }

    /** The same predicate for Paimon; empty where that is not possible. */
    public Optional<Predicate> toPaimon(org.apache.spark.sql.connector.expressions.filter.Predicate predicate) {
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "AND" -> all(children, this::predicate).map(sides -> PredicateBuilder.and(sides));
            case "OR" -> all(children, this::predicate).map(sides -> PredicateBuilder.or(sides));
            case "NOT" -> negated(children[0]);
            case "ALWAYS_TRUE" -> Optional.of(PredicateBuilder.alwaysTrue());
            case "ALWAYS_FALSE" -> Optional.of(PredicateBuilder.alwaysFalse());
            case "IS_NULL" -> column(children[0]).map(builder::isNull);
            case "IS_NOT_NULL" -> column(children[0]).map(builder::isNotNull);
            case "IN" -> in(children);
            case "STARTS_WITH", "ENDS_WITH", "CONTAINS" -> text(predicate.name(), children);
            case "=", "<>", "<=>", "<", "<=", ">", ">=" -> comparison(predicate.name(), children);
            default -> Optional.empty();
        };
    }

    /** What makes a predicate false. Paimon negates {@code <=>} as {@code =}, which says nothing of nulls. */
    private Optional<Predicate> negated(Expression expression) {
        if (!(expression instanceof org.apache.spark.sql.connector.expressions.filter.Predicate predicate)) {
            return Optional.empty();
        }
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "AND" -> all(children, this::negated).map(sides -> PredicateBuilder.or(sides));
            case "OR" -> all(children, this::negated).map(sides -> PredicateBuilder.and(sides));
            case "NOT" -> predicate(children[0]);
            case "<=>" -> toPaimon(predicate).flatMap(this::distinct);
            default -> toPaimon(predicate).filter(this::hasOrder).flatMap(Predicate::negate);
        };
    }

    /** The negation of {@code <=>}: of a value, a null is distinct too. */
    private Optional<Predicate> distinct(Predicate same) {
        Optional<Predicate> other = Optional.of(same).filter(this::hasOrder).flatMap(Predicate::negate);
        return same instanceof LeafPredicate leaf && leaf.function() instanceof Equal
                ? other.map(values -> PredicateBuilder.or(
                        values,
                        builder.isNull(leaf.fieldRefOptional().orElseThrow().index())))
                : other;
    }

    /** Not floating-point numbers: the negation of what is understood of them asks where NaN is. */
    private boolean hasOrder(Predicate predicate) {
        return PredicateVisitor.collectFieldNames(predicate).stream()
                .map(name -> columns.getField(name).type().getTypeRoot())
                .noneMatch(type -> type == DataTypeRoot.FLOAT || type == DataTypeRoot.DOUBLE);
    }

    private Optional<Predicate> predicate(Expression expression) {
        return expression instanceof org.apache.spark.sql.connector.expressions.filter.Predicate predicate
                ? toPaimon(predicate)
                : Optional.empty();
    }

    private static Optional<List<Predicate>> all(
            Expression[] children, Function<Expression, Optional<Predicate>> conversion) {
        List<Predicate> sides = new ArrayList<>();
        for (Expression child : children) {
            Optional<Predicate> side = conversion.apply(child);
            if (side.isEmpty()) {
                return Optional.empty();
            }
            sides.add(side.get());
        }
        return Optional.of(sides);
    }

    private Optional<Predicate> comparison(String operator, Expression[] children) {
        if (children.length != 2) {
            return Optional.empty();
        }
        if (children[0] instanceof Literal<?> && children[1] instanceof NamedReference) {
            return comparison(mirrored(operator), new Expression[] {children[1], children[0]});
        }
        Optional<Integer> column = column(children[0]);
        if (column.isEmpty() || !(children[1] instanceof Literal<?> literal)) {
            return Optional.empty();
        }
        int index = column.get();
        if (literal.value() == null) {
            return operator.equals("<=>") ? Optional.of(builder.isNull(index)) : Optional.empty();
        }
        return literal(index, literal, operator).map(value -> switch (operator) {
            case "=", "<=>" -> builder.equal(index, value);
            case "<>" -> builder.notEqual(index, value);
            case "<" -> builder.lessThan(index, value);
            case "<=" -> builder.lessOrEqual(index, value);
            case ">" -> builder.greaterThan(index, value);
            default -> builder.greaterOrEqual(index, value);
        });
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private Optional<Predicate> in(Expression[] children) {
        Optional<Integer> column = column(children[0]);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < children.length; i++) {
            Optional<Object> value = children[i] instanceof Literal<?> literal && literal.value() != null
                    ? literal(column.get(), literal, "=")
                    : Optional.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(builder.in(column.get(), values));
    }

    private Optional<Predicate> text(String operator, Expression[] children) {
        Optional<Integer> column = column(children[0]);
        if (column.isEmpty() || !(children[1] instanceof Literal<?> literal) || literal.value() == null) {
            return Optional.empty();
        }
        int index = column.get();
        return literal(index, literal, operator).map(value -> switch (operator) {
            case "STARTS_WITH" -> builder.startsWith(index, value);
            case "ENDS_WITH" -> builder.endsWith(index, value);
            default -> builder.contains(index, value);
        });
    }

    /** The index of a column of the table that can be compared; empty for a nested field, or an unknown name. */
    private Optional<Integer> column(Expression expression) {
        if (!(expression instanceof NamedReference reference) || reference.fieldNames().length != 1) {
            return Optional.empty();
        }
        int index = columns.getFieldIndex(reference.fieldNames()[0]);
        return index < 0 ? Optional.empty() : Optional.of(index);
    }

    private Optional<Object> literal(int column, Literal<?> literal, String operator) {
        return literal(columns.getTypeAt(column), literal.value(), operator);
    }

    private static Optional<Object> literal(DataType type, Object value, String operator) {
        return switch (type.getTypeRoot()) {
            case VARCHAR -> Optional.of(BinaryString.fromBytes(((UTF8String) value).getBytes()));
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE -> Optional.of(value);
            case FLOAT, DOUBLE -> floating((Number) value, operator);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield Optional.ofNullable(Decimal.fromBigDecimal(
                        ((org.apache.spark.sql.types.Decimal) value).toJavaBigDecimal(),
                        decimal.getPrecision(),
                        decimal.getScale()));
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                timestamp((Long) value, DataTypeChecks.getPrecision(type));
            default -> Optional.empty();
        };
    }

    /** Spark has NaN above all numbers and both zeros the same; files' least and greatest values do not. */
    private static Optional<Object> floating(Number value, String operator) {
        boolean plain = !Double.isNaN(value.doubleValue()) && value.doubleValue() != 0;
        boolean withoutNaN = operator.equals("=") || operator.equals("<") || operator.equals("<=");
        return plain && withoutNaN ? Optional.of(value) : Optional.empty();
    }

    /** A time with digits that the column lacks would be cut to them, which moves a bound. */
    private static Optional<Object> timestamp(long micros, int precision) {
        long unit = 1;
        for (int digits = precision; digits < 6; digits++) {
            unit *= 10;
        }
        return micros % unit == 0 ? Optional.of(Timestamp.fromMicros(micros)) : Optional.empty();
    }
}
