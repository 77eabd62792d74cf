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

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
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
record Bounds(OptionalInt limit, Optional<TopRows> top) {

    static final Bounds NONE = new Bounds(OptionalInt.empty(), Optional.empty());

    static Bounds limit(int rows) {
        return new Bounds(OptionalInt.of(rows), Optional.empty());
    }

    /** Empty where files do not tell which rows are the first of the order. */
    static Optional<Bounds> top(RowType columns, SortOrder[] orders, int rows) {
        if (orders.length != 1
                || !(orders[0].expression() instanceof NamedReference column)
                || column.fieldNames().length != 1
                || !columns.containsField(column.fieldNames()[0])) {
            return Optional.empty();
        }
        return Optional.of(columns.getField(column.fieldNames()[0]))
                .filter(field -> ProvenValues.hasExactBounds(field.type()))
                .map(field -> new TopRows(
                        field,
                        orders[0].direction() == SortDirection.ASCENDING,
                        orders[0].nullOrdering() == NullOrdering.NULLS_FIRST,
                        rows))
                .map(first -> new Bounds(OptionalInt.empty(), Optional.of(first)));
    }

    /** Whether no more rows than a number are asked for: Paimon's reader then reads just the pages that have them. */
    boolean isWithin(int rows) {
        return limit.isPresent() && limit.getAsInt() <= rows;
    }

    /** Those by which a reader stops: of a file it takes the first rows without a look at which of them vectors delete. */
    Bounds ofReaders(Table table) {
        return table instanceof FileStoreTable files && files.coreOptions().deletionVectorsEnabled()
                ? new Bounds(OptionalInt.empty(), top)
                : this;
    }

    /** Lets a plan leave out what it can by itself. */
    ReadBuilder apply(ReadBuilder read) {
        limit.ifPresent(read::withLimit);
        return top.isPresent() ? read : read.dropStats();
    }

    /** Those of the planned splits that are wanted. */
    List<Split> choose(Table table, List<Split> splits) {
        return top.isPresent() && table instanceof FileStoreTable files
                ? top.get().choose(new ProvenValues(files), splits)
                : splits;
    }

    @Override
    public String toString() {
        return (limit.isPresent() ? ", limit: " + limit.getAsInt() : "")
                + top.map(order -> ", top: " + order).orElse("");
    }
}
