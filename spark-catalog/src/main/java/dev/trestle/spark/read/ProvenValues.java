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

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.predicate.CompareUtils;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.stats.SimpleStatsEvolution;
import org.apache.paimon.stats.SimpleStatsEvolutions;
import org.apache.paimon.table.FallbackReadFileStoreTable.FallbackSplit;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowUtils;

/**
 * What the metadata of files proves of the values of a column. Paimon's own sums over a split leave out files that lack
 * statistics; here one such file makes the split unproven, and so do merges and deleted rows.
 */
final class ProvenValues {

    private final FileStoreTable table;
    private final RowType columns;
    private final SchemaManager schemas;
    private final SimpleStatsEvolutions evolutions;

    ProvenValues(FileStoreTable table) {
        this.table = requireNonNull(table, "table is null");
        this.columns = table.rowType();
        this.schemas = table.schemaManager();
        this.evolutions = new SimpleStatsEvolutions(
                id -> schema(id).getFields(), table.schema().id());
    }

    /**
     * The values of all rows of a split.
     *
     * @param least null where all rows are null, as is {@code greatest}
     */
    record Range(long rows, long nulls, Object least, Object greatest) {

        private Range with(DataType type, Range other) {
            return new Range(
                    rows + other.rows,
                    nulls + other.nulls,
                    first(least, other.least, type, 1),
                    first(greatest, other.greatest, type, -1));
        }

        private static Object first(Object one, Object other, DataType type, int sign) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return CompareUtils.compareLiteral(type, one, other) * sign <= 0 ? one : other;
        }
    }

    /** Texts and binaries are cut in statistics; NaN and the sign of zero make floating-point numbers doubtful. */
    static boolean hasExactBounds(DataType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE -> true;
            default -> false;
        };
    }

    /** The least and greatest value of a column with exact bounds; empty where a file does not prove them. */
    Optional<Range> range(DataSplit split, DataField column) {
        if (!isWhole(split)) {
            return Optional.empty();
        }
        Range range = new Range(0, 0, null, null);
        for (DataFileMeta file : split.dataFiles()) {
            Optional<Range> values = range(file, column);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            range = range.with(column.type(), values.get());
        }
        return Optional.of(range);
    }

    /** The number of nulls; empty where a file does not prove it. */
    OptionalLong nulls(DataSplit split, DataField column) {
        if (!isWhole(split)) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (DataFileMeta file : split.dataFiles()) {
            OptionalLong nulls = nulls(file, statistics(file), column);
            if (nulls.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += nulls.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private Optional<Range> range(DataFileMeta file, DataField column) {
        SimpleStatsEvolution.Result statistics = statistics(file);
        OptionalLong nulls = nulls(file, statistics, column);
        if (nulls.isEmpty()) {
            return Optional.empty();
        }
        if (nulls.getAsLong() == file.rowCount()) {
            return Optional.of(new Range(file.rowCount(), file.rowCount(), null, null));
        }
        if (!keepsOrder(file, column)) {
            return Optional.empty();
        }
        int index = columns.getFieldIndex(column.name());
        Object least = InternalRowUtils.get(statistics.minValues(), index, column.type());
        Object greatest = InternalRowUtils.get(statistics.maxValues(), index, column.type());
        return least == null || greatest == null
                ? Optional.empty()
                : Optional.of(new Range(file.rowCount(), nulls.getAsLong(), least, greatest));
    }

    private OptionalLong nulls(DataFileMeta file, SimpleStatsEvolution.Result statistics, DataField column) {
        int index = columns.getFieldIndex(column.name());
        return statistics.nullCounts().isNullAt(index) || !keepsNulls(file, column)
                ? OptionalLong.empty()
                : OptionalLong.of(statistics.nullCounts().getLong(index));
    }

    private SimpleStatsEvolution.Result statistics(DataFileMeta file) {
        return evolutions
                .getOrCreate(file.schemaId())
                .evolution(file.valueStats(), file.rowCount(), file.valueStatsCols());
    }

    /** Whether each value that the file had then is one of the type of now: a number may be too large for it. */
    private boolean keepsNulls(DataFileMeta file, DataField column) {
        RowType written = schema(file.schemaId());
        if (!written.containsField(column.id())) {
            return true;
        }
        DataType then = written.getField(column.id()).type();
        DataType now = column.type();
        if (then instanceof DecimalType before && now instanceof DecimalType after) {
            return before.getScale() == after.getScale() && before.getPrecision() <= after.getPrecision();
        }
        boolean areTexts = then.is(DataTypeFamily.CHARACTER_STRING) && now.is(DataTypeFamily.CHARACTER_STRING);
        return then.getTypeRoot() == now.getTypeRoot() || areTexts || isWiderInteger(then, now);
    }

    /** Whether the values that the file had then have the order of those that are read now: texts of numbers have not. */
    private boolean keepsOrder(DataFileMeta file, DataField column) {
        RowType written = schema(file.schemaId());
        if (!written.containsField(column.id())) {
            return false;
        }
        DataType then = written.getField(column.id()).type();
        return then.getTypeRoot() == column.type().getTypeRoot() || isWiderInteger(then, column.type());
    }

    private static boolean isWiderInteger(DataType then, DataType now) {
        return then.is(DataTypeFamily.INTEGER_NUMERIC)
                && now.is(DataTypeFamily.INTEGER_NUMERIC)
                && then.getTypeRoot().compareTo(now.getTypeRoot()) < 0;
    }

    private RowType schema(long id) {
        return id == table.schema().id()
                ? table.schema().logicalRowType()
                : schemas.schema(id).logicalRowType();
    }

    /** Where a table shows another branch, its files may be of schemas that are known to that one only. */
    private static boolean isWhole(DataSplit split) {
        return !(split instanceof FallbackSplit)
                && split.rawConvertible()
                && split.deletionFiles().stream().flatMap(List::stream).allMatch(file -> file == null)
                && split.dataFiles().stream().allMatch(file -> file.writeCols() == null);
    }
}
