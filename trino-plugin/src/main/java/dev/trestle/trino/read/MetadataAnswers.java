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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.connector.AggregateFunction;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.expression.Variable;
import io.trino.spi.predicate.NullableValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.stats.SimpleStatsEvolutions;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/**
 * Answers count, min and max from what the manifests say of files. Rows that are not merged yet, or deleted by a vector
 * whose number of rows is unknown, leave the answer to the scan; so do, for min and max, all deleted rows, and types of which
 * files keep no exact ends.
 */
final class MetadataAnswers {

    private final FileStoreTable table;
    private final Pushdown pushdown;
    private final Partitions partitions;
    private final Map<Long, RowType> schemas = new HashMap<>();

    MetadataAnswers(FileStoreTable table, Pushdown pushdown) {
        this.table = requireNonNull(table, "table is null");
        this.pushdown = requireNonNull(pushdown, "pushdown is null");
        this.partitions = new Partitions(table.rowType(), table.partitionKeys());
    }

    /** What is asked of the metadata: the count of rows, or of a column its present values, least or greatest. */
    private record Question(Kind kind, Optional<DataField> column) {}

    private enum Kind {
        ROWS,
        PRESENT,
        LEAST,
        GREATEST
    }

    /** A value an aggregate, in their order; empty where one of them is not told by metadata. */
    Optional<List<NullableValue>> answer(List<AggregateFunction> aggregates, Map<String, ColumnHandle> assignments) {
        List<Question> questions = new ArrayList<>();
        for (AggregateFunction aggregate : aggregates) {
            Optional<Question> question = question(aggregate, assignments);
            if (question.isEmpty()) {
                return Optional.empty();
            }
            questions.add(question.get());
        }
        boolean countsAlone = questions.stream().allMatch(each -> each.kind() == Kind.ROWS);
        if (!countsAlone && table instanceof FallbackReadFileStoreTable) {
            // Its files are those of another branch too, which has schemas of its own.
            return Optional.empty();
        }
        Optional<List<DataSplit>> splits = splits(countsAlone);
        if (splits.isEmpty()) {
            return Optional.empty();
        }
        List<NullableValue> row = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Optional<NullableValue> value = answer(questions.get(i), aggregates.get(i), splits.get());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            row.add(value.get());
        }
        return Optional.of(row);
    }

    private Optional<Question> question(AggregateFunction aggregate, Map<String, ColumnHandle> assignments) {
        if (aggregate.isDistinct()
                || aggregate.getFilter().isPresent()
                || !aggregate.getSortItems().isEmpty()) {
            return Optional.empty();
        }
        List<ConnectorExpression> arguments = aggregate.getArguments();
        if (arguments.isEmpty()) {
            return aggregate.getFunctionName().equals("count")
                    ? Optional.of(new Question(Kind.ROWS, Optional.empty()))
                    : Optional.empty();
        }
        if (arguments.size() > 1 || !(arguments.getFirst() instanceof Variable variable)) {
            return Optional.empty();
        }
        TrestleColumnHandle column = (TrestleColumnHandle) assignments.get(variable.getName());
        if (!column.isWhole()) {
            return Optional.empty();
        }
        Optional<DataField> field = Optional.of(table.rowType().getField(column.name()));
        return switch (aggregate.getFunctionName()) {
            case "count" -> Optional.of(new Question(Kind.PRESENT, field));
            case "min" -> Optional.of(new Question(Kind.LEAST, field)).filter(this::hasExactEnds);
            case "max" -> Optional.of(new Question(Kind.GREATEST, field)).filter(this::hasExactEnds);
            default -> Optional.empty();
        };
    }

    /** Those of texts are cut, and of floating point numbers leave out what is no number. */
    private boolean hasExactEnds(Question question) {
        DataType type = question.column().orElseThrow().type();
        return switch (type.getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DATE, DECIMAL -> true;
            default -> false;
        };
    }

    /** All splits of the partitions sought, where the rows of each are counted. */
    private Optional<List<DataSplit>> splits(boolean countsAlone) {
        ReadBuilder read = table.newReadBuilder();
        new PaimonPredicates(table).of(pushdown.enforced()).ifPresent(read::withFilter);
        if (countsAlone) {
            read.dropStats();
        }
        List<Split> planned = TrinoErrors.call(
                "plan the scan of table " + table.fullName(),
                () -> read.newScan().plan().splits());
        List<DataSplit> splits = new ArrayList<>();
        for (Split split : planned) {
            if (!(split instanceof DataSplit data)) {
                return Optional.empty();
            }
            if (partitions.matches(data.partition(), pushdown.enforced())) {
                if (data.mergedRowCount().isEmpty() || !(countsAlone || isUntouched(data))) {
                    return Optional.empty();
                }
                splits.add(data);
            }
        }
        return Optional.of(splits);
    }

    private static boolean isUntouched(DataSplit split) {
        return split.rawConvertible()
                && split.deletionFiles()
                        .map(files -> files.stream().allMatch(file -> file == null))
                        .orElse(true)
                && split.dataFiles().stream().allMatch(file -> file.writeCols() == null);
    }

    private Optional<NullableValue> answer(Question question, AggregateFunction aggregate, List<DataSplit> splits) {
        long rows = splits.stream()
                .mapToLong(split -> split.mergedRowCount().orElseThrow())
                .sum();
        if (question.kind() == Kind.ROWS) {
            return Optional.of(NullableValue.of(aggregate.getOutputType(), rows));
        }
        DataField column = question.column().orElseThrow();
        if (table.partitionKeys().contains(column.name())) {
            return Optional.empty();
        }
        SimpleStatsEvolutions evolutions = new SimpleStatsEvolutions(
                id -> schema(id).getFields(), table.schema().id());
        int index = table.rowType().getFieldIndex(column.name());
        OptionalLong nulls = nulls(index, column, splits, evolutions);
        if (nulls.isEmpty()) {
            return Optional.empty();
        }
        if (question.kind() == Kind.PRESENT) {
            return Optional.of(NullableValue.of(aggregate.getOutputType(), rows - nulls.getAsLong()));
        }
        if (nulls.getAsLong() == rows) {
            return Optional.of(NullableValue.asNull(aggregate.getOutputType()));
        }
        return end(question.kind() == Kind.LEAST, index, column, splits, evolutions)
                .map(value -> NullableValue.of(aggregate.getOutputType(), value));
    }

    /** Empty where a file does not say; of some whose footer has no statistics there is a number below zero. */
    private OptionalLong nulls(int column, DataField field, List<DataSplit> splits, SimpleStatsEvolutions evolutions) {
        long nulls = 0;
        for (DataSplit split : splits) {
            for (DataSplit file : files(split)) {
                Long ofFile = file.nullCount(column, evolutions);
                if (ofFile == null
                        || ofFile < 0
                        || !keepsValues(file.dataFiles().getFirst(), field)) {
                    return OptionalLong.empty();
                }
                nulls += ofFile;
            }
        }
        return OptionalLong.of(nulls);
    }

    private static List<DataSplit> files(DataSplit split) {
        return split.dataFiles().stream()
                .map(file -> split.filterDataFile(each -> each.fileName().equals(file.fileName()))
                        .orElseThrow())
                .toList();
    }

    private Optional<Object> end(
            boolean least, int column, DataField field, List<DataSplit> splits, SimpleStatsEvolutions evolutions) {
        Optional<Object> end = Optional.empty();
        for (DataSplit split : splits) {
            for (DataSplit file : files(split)) {
                if (!keepsOrder(file.dataFiles().getFirst(), field)) {
                    return Optional.empty();
                }
                Object ofFile =
                        least ? file.minValue(column, field, evolutions) : file.maxValue(column, field, evolutions);
                if (ofFile == null) {
                    Long nulls = file.nullCount(column, evolutions);
                    if (nulls == null || nulls != file.rowCount()) {
                        return Optional.empty();
                    }
                } else {
                    end = Optional.of(end.filter(before -> isBeyond(before, ofFile, least))
                            .orElse(ofFile));
                }
            }
        }
        return end.map(value -> TrinoValues.toTrino(field.type(), GenericRow.of(value), 0));
    }

    private RowType schema(long id) {
        return schemas.computeIfAbsent(
                id, unread -> table.schemaManager().schema(id).logicalRowType());
    }

    /** Whether no value of the file's becomes NULL when it is cast to the column's present type. */
    private boolean keepsValues(DataFileMeta file, DataField column) {
        RowType inFile = schema(file.schemaId());
        return !inFile.containsField(column.id())
                || FileTypes.keepsValues(
                        column.type(), inFile.getField(column.id()).type());
    }

    /** Whether the ends of the file's values are still the ends when the values are cast to the column's present type. */
    private boolean keepsOrder(DataFileMeta file, DataField column) {
        RowType inFile = schema(file.schemaId());
        return !inFile.containsField(column.id())
                || FileTypes.isSameOrWider(
                        column.type(), inFile.getField(column.id()).type());
    }

    @SuppressWarnings("unchecked")
    private static boolean isBeyond(Object one, Object other, boolean less) {
        int order = ((Comparable<Object>) one).compareTo(other);
        return less ? order < 0 : order > 0;
    }
}
