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
package dev.trestle.spark.procedure;

import dev.trestle.catalog.procedure.CalledTable;
import dev.trestle.catalog.procedure.Snapshots;
import dev.trestle.catalog.table.KeptStatistics.Found;
import dev.trestle.catalog.table.KeptStatistics.Rows;
import dev.trestle.catalog.table.OtherBranch;
import dev.trestle.spark.data.ColumnReferences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.manifest.PartitionEntry;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.types.DataField;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Looks at the rows that one snapshot of a table shows, in one query of Spark's. */
record TableAnalysis(String catalogName, CalledTable table, long snapshot) {

    private static final String ROWS = "rows";

    /** What is found of the rows, and of these columns. */
    Found run(List<DataField> columns) throws Exception {
        try {
            List<ColumnAnalysis> analyses =
                    columns.stream().map(ColumnAnalysis::new).toList();
            Row row = aggregate(analyses);
            long rows = row.getLong(row.fieldIndex(ROWS));
            Map<String, ColStats<?>> found = new HashMap<>();
            analyses.forEach(analysis -> found.put(analysis.field().name(), analysis.found(row, rows)));
            return new Found(new Rows(snapshot, OptionalLong.of(rows), OptionalLong.of(bytes())), found);
        } catch (Exception e) {
            if (Snapshots.find(table.stored(), snapshot).isEmpty()) {
                throw deleted(e);
            }
            throw e;
        }
    }

    private Row aggregate(List<ColumnAnalysis> analyses) {
        List<Column> asked = new ArrayList<>();
        analyses.forEach(analysis -> asked.addAll(analysis.aggregates()));
        return rows().agg(functions.count(functions.lit(1)).as(ROWS), asked.toArray(Column[]::new))
                .collectAsList()
                .get(0);
    }

    private Dataset<Row> rows() {
        String name = Stream.of(
                        catalogName,
                        table.identifier().getDatabaseName(),
                        table.identifier().getObjectName())
                .map(ColumnReferences::quoted)
                .collect(Collectors.joining("."));
        return SparkSession.active().read().options(ofTheSnapshot()).table(name);
    }

    /** A table that shows rows of another branch too has no one snapshot of all of them: it is looked at as it is now. */
    private Map<String, String> ofTheSnapshot() {
        if (OtherBranch.of(table.stored()).isPresent()) {
            return Map.of();
        }
        return Map.of(
                CoreOptions.SCAN_MODE.key(),
                CoreOptions.StartupMode.FROM_SNAPSHOT.toString(),
                CoreOptions.SCAN_SNAPSHOT_ID.key(),
                Long.toString(snapshot));
    }

    /** What the files take: nobody has asked how long each row is. */
    private long bytes() {
        return table.stored().copyWithoutTimeTravel(ofTheSnapshot()).newScan().listPartitionEntries().stream()
                .mapToLong(PartitionEntry::fileSizeInBytes)
                .sum();
    }

    private IllegalStateException deleted(Exception failure) {
        return new IllegalStateException(
                "Snapshot " + snapshot + " of table " + table.name() + " was deleted while its rows were read. Run the"
                        + " procedure again, and where that happens again let snapshots be kept for longer:"
                        + " 'snapshot.time-retained' and 'snapshot.num-retained.min' of the table",
                failure);
    }
}
