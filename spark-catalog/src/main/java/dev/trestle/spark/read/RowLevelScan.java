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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * Reads whole files of which rows are to be changed: all rows of each of them, since those that do not change may be
 * written anew. Spark first finds out in which files rows change, and leaves the others out.
 */
public final class RowLevelScan extends TableScan {

    private final boolean hasChar;

    private Optional<Set<String>> names = Optional.empty();

    /** One file that is read. */
    public record ScannedFile(
            BinaryRow partition, int bucket, Integer totalBuckets, DataFileMeta file, long snapshotId) {}

    RowLevelScan(ScanTable table, StructType schema, List<Predicate> predicates) {
        super(table, schema, predicates, Bounds.NONE);
        this.hasChar = hasChar(table.columns());
    }

    /** Files are left out at run time, not whole buckets. */
    @Override
    Optional<BucketedTasks> bucketed() {
        return Optional.empty();
    }

    /** None: they would leave out rows that are to be kept. */
    @Override
    List<Predicate> readPredicates() {
        return List.of();
    }

    /**
     * Files are not chosen at run time where Spark pads texts of CHAR as it reads them: the query by which it finds the files
     * compares with padded columns that it does not have.
     */
    @Override
    public NamedReference[] filterAttributes() {
        return SQLConf.get().readSideCharPadding() && hasChar
                ? new NamedReference[0]
                : new NamedReference[] {Expressions.column(MetadataColumns.FILE_NAME)};
    }

    private static boolean hasChar(DataType type) {
        return switch (type.getTypeRoot()) {
            case CHAR -> true;
            case ARRAY, MAP, MULTISET, VECTOR, ROW ->
                DataTypeChecks.getNestedTypes(type).stream().anyMatch(RowLevelScan::hasChar);
            default -> false;
        };
    }

    @Override
    public synchronized void filter(org.apache.spark.sql.connector.expressions.filter.Predicate[] found) {
        for (org.apache.spark.sql.connector.expressions.filter.Predicate predicate : found) {
            paths(predicate).ifPresent(paths -> names = Optional.of(paths));
        }
    }

    /** The names of the files that a predicate chooses; empty where it is another one. */
    private static Optional<Set<String>> paths(org.apache.spark.sql.connector.expressions.filter.Predicate predicate) {
        if (predicate.name().equals("ALWAYS_FALSE")) {
            return Optional.of(Set.of());
        }
        if (!predicate.name().equals("IN")) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        for (Expression child : predicate.children()) {
            if (child instanceof Literal<?> literal) {
                names.add(literal.value().toString());
            }
        }
        return Optional.of(names);
    }

    @Override
    synchronized List<Split> splits() {
        List<Split> all = super.splits();
        if (names.isEmpty()) {
            return all;
        }
        List<Split> chosen = new ArrayList<>();
        for (Split split : all) {
            ((DataSplit) split)
                    .filterDataFile(file -> names.get().contains(file.fileName()))
                    .ifPresent(chosen::add);
        }
        return chosen;
    }

    /** The files that are read, by their names. */
    public Map<String, ScannedFile> files() {
        Map<String, ScannedFile> files = new LinkedHashMap<>();
        for (Split split : splits()) {
            DataSplit data = (DataSplit) split;
            for (DataFileMeta file : data.dataFiles()) {
                files.put(
                        file.fileName(),
                        new ScannedFile(data.partition(), data.bucket(), data.totalBuckets(), file, data.snapshotId()));
            }
        }
        return files;
    }
}
