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
package dev.trestle.spark.read.parquet;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.predicate.FieldRef;
import org.apache.paimon.predicate.FunctionVisitor;
import org.apache.paimon.predicate.LeafPredicate;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DecimalType;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators;
import org.apache.parquet.io.api.Binary;

/**
 * What is known of the rows sought, as Parquet's library leaves out row groups and pages by it. A predicate on a column that
 * is not read from the file is left out, as the library takes such a column for one of nulls; so is one whose order or
 * equality is another in Parquet than in Spark, as that of floating point numbers.
 */
final class RowGroupPredicates implements FunctionVisitor<Optional<FilterPredicate>> {

    private static final int MILLIS_PRECISION = 3;
    private static final int NANOS_PER_MICRO = 1_000;

    private final FileColumns columns;

    private RowGroupPredicates(FileColumns columns) {
        this.columns = columns;
    }

    /** @param predicates of which all are true for the rows sought */
    static FilterCompat.Filter filter(List<Predicate> predicates, FileColumns columns) {
        RowGroupPredicates visitor = new RowGroupPredicates(columns);
        List<Optional<FilterPredicate>> found =
                predicates.stream().map(predicate -> predicate.visit(visitor)).toList();
        return visitor.visitAnd(found).map(FilterCompat::get).orElse(FilterCompat.NOOP);
    }

    /**
     * A column of a file.
     *
     * @param values gives a value as Parquet has it; empty where it has none that is just as large
     */
    private record Column<T extends Comparable<T>, C extends Operators.Column<T> & Operators.SupportsLtGt>(
            C column, Function<Object, Optional<T>> values) {

        FilterPredicate isNull() {
            return FilterApi.eq(column, null);
        }

        FilterPredicate isNotNull() {
            return FilterApi.notEq(column, null);
        }

        Optional<FilterPredicate> equal(Object literal) {
            return values.apply(literal).map(value -> FilterApi.eq(column, value));
        }

        Optional<FilterPredicate> less(Object literal) {
            return values.apply(literal).map(value -> FilterApi.lt(column, value));
        }

        Optional<FilterPredicate> lessOrEqual(Object literal) {
            return values.apply(literal).map(value -> FilterApi.ltEq(column, value));
        }

        Optional<FilterPredicate> greater(Object literal) {
            return values.apply(literal).map(value -> FilterApi.gt(column, value));
        }

        Optional<FilterPredicate> greaterOrEqual(Object literal) {
            return values.apply(literal).map(value -> FilterApi.gtEq(column, value));
        }

        Optional<FilterPredicate> in(List<Object> literals) {
            Set<T> found = new HashSet<>();
            for (Object literal : literals) {
                Optional<T> value = values.apply(literal);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                found.add(value.get());
            }
            return found.isEmpty() ? Optional.empty() : Optional.of(FilterApi.in(column, found));
        }
    }

    private Optional<Column<?, ?>> column(FieldRef field) {
        return columns.inFile(field.name())
                // Such a name would be taken for the path of a field in a column.
                .filter(found -> found.name().indexOf('.') < 0)
                .flatMap(RowGroupPredicates::column);
    }

    private static Optional<Column<?, ?>> column(DataField field) {
        return switch (field.type().getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, DATE -> Optional.of(ints(field, RowGroupPredicates::number));
            case BIGINT -> Optional.of(longs(field, RowGroupPredicates::number));
            case VARCHAR ->
                Optional.of(new Column<>(
                        FilterApi.binaryColumn(field.name()),
                        literal -> literal instanceof BinaryString text
                                ? Optional.of(Binary.fromConstantByteArray(text.toBytes()))
                                : Optional.empty()));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                // A number of milliseconds would have to be rounded.
                DataTypeChecks.getPrecision(field.type()) > MILLIS_PRECISION
                        ? Optional.of(longs(field, RowGroupPredicates::micros))
                        : Optional.empty();
            case DECIMAL -> decimals(field, (DecimalType) field.type());
            default -> Optional.empty();
        };
    }

    private static Optional<Column<?, ?>> decimals(DataField field, DecimalType type) {
        Function<Object, Optional<Long>> unscaled = literal -> literal instanceof Decimal value
                        && value.scale() == type.getScale()
                        && Decimal.isCompact(value.precision())
                ? Optional.of(value.toUnscaledLong())
                : Optional.empty();
        return switch (ParquetTypes.decimal(type)) {
            case INT32 -> Optional.of(ints(field, unscaled));
            case INT64 -> Optional.of(longs(field, unscaled));
            default -> Optional.empty();
        };
    }

    private static Column<?, ?> ints(DataField field, Function<Object, Optional<Long>> values) {
        return new Column<>(FilterApi.intColumn(field.name()), literal -> values.apply(literal)
                .filter(number -> number == number.intValue())
                .map(Long::intValue));
    }

    private static Column<?, ?> longs(DataField field, Function<Object, Optional<Long>> values) {
        return new Column<>(FilterApi.longColumn(field.name()), values);
    }

    private static Optional<Long> number(Object literal) {
        boolean isWhole = literal instanceof Byte
                || literal instanceof Short
                || literal instanceof Integer
                || literal instanceof Long;
        return isWhole ? Optional.of(((Number) literal).longValue()) : Optional.empty();
    }

    private static Optional<Long> micros(Object literal) {
        return literal instanceof Timestamp value && value.getNanoOfMillisecond() % NANOS_PER_MICRO == 0
                ? Optional.of(value.toMicros())
                : Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitIsNull(FieldRef field) {
        return column(field).map(Column::isNull);
    }

    @Override
    public Optional<FilterPredicate> visitIsNotNull(FieldRef field) {
        return column(field).map(Column::isNotNull);
    }

    @Override
    public Optional<FilterPredicate> visitEqual(FieldRef field, Object literal) {
        return column(field).flatMap(column -> column.equal(literal));
    }

    @Override
    public Optional<FilterPredicate> visitLessThan(FieldRef field, Object literal) {
        return column(field).flatMap(column -> column.less(literal));
    }

    @Override
    public Optional<FilterPredicate> visitLessOrEqual(FieldRef field, Object literal) {
        return column(field).flatMap(column -> column.lessOrEqual(literal));
    }

    @Override
    public Optional<FilterPredicate> visitGreaterThan(FieldRef field, Object literal) {
        return column(field).flatMap(column -> column.greater(literal));
    }

    @Override
    public Optional<FilterPredicate> visitGreaterOrEqual(FieldRef field, Object literal) {
        return column(field).flatMap(column -> column.greaterOrEqual(literal));
    }

    @Override
    public Optional<FilterPredicate> visitIn(FieldRef field, List<Object> literals) {
        return column(field).flatMap(column -> column.in(literals));
    }

    /** By those that are known: the others leave out yet more rows. */
    @Override
    public Optional<FilterPredicate> visitAnd(List<Optional<FilterPredicate>> children) {
        return children.stream().flatMap(Optional::stream).reduce(FilterApi::and);
    }

    @Override
    public Optional<FilterPredicate> visitOr(List<Optional<FilterPredicate>> children) {
        return children.stream().allMatch(Optional::isPresent)
                ? children.stream().flatMap(Optional::stream).reduce(FilterApi::or)
                : Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitNotEqual(FieldRef field, Object literal) {
        return Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitNotIn(FieldRef field, List<Object> literals) {
        return Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitNotBetween(FieldRef field, Object from, Object to) {
        return Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitStartsWith(FieldRef field, Object literal) {
        return Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitEndsWith(FieldRef field, Object literal) {
        return Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitContains(FieldRef field, Object literal) {
        return Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitLike(FieldRef field, Object literal) {
        return Optional.empty();
    }

    @Override
    public Optional<FilterPredicate> visitNonFieldLeaf(LeafPredicate predicate) {
        return Optional.empty();
    }
}
