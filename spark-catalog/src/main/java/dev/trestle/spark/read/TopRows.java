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

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.predicate.CompareUtils;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;

/**
 * The first rows by the values of a column, and the splits that have them. Each split has a row at least, so that as many
 * splits as rows are wanted are enough, if their first rows come before those of all others. Paimon's own choice may leave
 * out a split whose values it does not know, or take one that has nulls only for the first.
 */
record TopRows(DataField column, boolean ascending, boolean nullsFirst, int rows) {

    TopRows {
        requireNonNull(column, "column is null");
    }

    private record Known(Split split, ProvenValues.Range range) {}

    /** Those of the splits that may have one of the rows; all whose values are not proven are among them. */
    List<Split> choose(ProvenValues values, List<Split> splits) {
        if (splits.size() <= rows) {
            return splits;
        }
        List<Split> chosen = new ArrayList<>();
        List<Known> known = new ArrayList<>();
        for (Split split : splits) {
            Optional<ProvenValues.Range> range =
                    split instanceof DataSplit data ? values.range(data, column) : Optional.empty();
            range.filter(found -> found.rows() > 0)
                    .ifPresentOrElse(found -> known.add(new Known(split, found)), () -> chosen.add(split));
        }
        known.stream().sorted(byFirstRow()).limit(rows).map(Known::split).forEach(chosen::add);
        return chosen;
    }

    private Comparator<Known> byFirstRow() {
        Comparator<Object> values = (one, other) -> CompareUtils.compareLiteral(column.type(), one, other);
        Comparator<Known> byValue = Comparator.comparing(
                known -> ascending ? known.range().least() : known.range().greatest(),
                Comparator.nullsLast(ascending ? values : values.reversed()));
        Comparator<Known> nulls = Comparator.comparing(known -> known.range().nulls() == 0);
        return nullsFirst ? nulls.thenComparing(byValue) : byValue;
    }

    @Override
    public String toString() {
        return rows + " by " + column.name() + (ascending ? " ASC" : " DESC")
                + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }
}
