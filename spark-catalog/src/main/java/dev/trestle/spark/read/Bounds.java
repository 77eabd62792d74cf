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
package dev.trestle.spark.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.paimon.predicate.FieldRef;
import org.apache.paimon.predicate.SortValue;
import org.apache.paimon.predicate.TopN;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;

/**
 * How many rows of a table are wanted: files beyond them are left out. Spark cuts off the rest itself.
 *
 * @param limit any rows, so many
 * @param top the first so many in an order
 */
record Bounds(OptionalInt limit, Optional<TopN> top) {

    static final Bounds NONE = new Bounds(OptionalInt.empty(), Optional.empty());

    static Bounds limit(int rows) {
        return new Bounds(OptionalInt.of(rows), Optional.empty());
    }

    /** Empty where the order is one of more than columns of the table. */
    static Optional<Bounds> top(RowType columns, SortOrder[] orders, int rows) {
        List<SortValue> values = new ArrayList<>();
        for (SortOrder order : orders) {
            if (!(order.expression() instanceof NamedReference column)
                    || column.fieldNames().length != 1
                    || !columns.containsField(column.fieldNames()[0])) {
                return Optional.empty();
            }
            int index = columns.getFieldIndex(column.fieldNames()[0]);
            values.add(new SortValue(
                    new FieldRef(index, columns.getFieldNames().get(index), columns.getTypeAt(index)),
                    order.direction() == SortDirection.ASCENDING
                            ? SortValue.SortDirection.ASCENDING
                            : SortValue.SortDirection.DESCENDING,
                    order.nullOrdering() == NullOrdering.NULLS_FIRST
                            ? SortValue.NullOrdering.NULLS_FIRST
                            : SortValue.NullOrdering.NULLS_LAST));
        }
        return Optional.of(new Bounds(OptionalInt.empty(), Optional.of(new TopN(values, rows))));
    }

    ReadBuilder apply(ReadBuilder read) {
        limit.ifPresent(read::withLimit);
        top.ifPresent(read::withTopN);
        return read;
    }

    @Override
    public String toString() {
        return (limit.isPresent() ? ", limit: " + limit.getAsInt() : "")
                + top.map(order -> ", top: " + order).orElse("");
    }
}
