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

import static dev.trestle.spark.procedure.TableProcedure.column;
import static dev.trestle.spark.procedure.TableProcedure.optional;

import dev.trestle.catalog.procedure.CalledTable;
import dev.trestle.catalog.table.KeptStatistics;
import dev.trestle.catalog.table.KeptStatistics.Found;
import dev.trestle.spark.procedure.TableProcedure.Definition;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Procedures for what planners know of a table, in the place of {@code ANALYZE TABLE}, which Spark refuses for tables of any
 * catalog but its own.
 */
final class StatisticsProcedures {

    private static final StructType ANALYZED = new StructType(new StructField[] {
        // None where the table has no snapshot, and so no place for statistics.
        DataTypes.createStructField("snapshot_id", DataTypes.LongType, true),
        column("row_count", DataTypes.LongType),
        column("file_size_in_bytes", DataTypes.LongType),
        column("analyzed_column_count", DataTypes.IntegerType)
    });

    private StatisticsProcedures() {}

    /** @param catalogName by which Spark finds the tables to read */
    static List<Definition> all(String catalogName) {
        return List.of(new Definition(
                "analyze",
                "Counts the rows of a table and looks at columns, for the planners of all engines",
                List.of(optional(
                        "columns",
                        DataTypes.StringType,
                        "those to look at, such as id,name, or * for all; by default none, and rows are only counted")),
                ANALYZED,
                Optional.empty(),
                (table, arguments) -> analyze(catalogName, table, arguments)));
    }

    private static Object[] analyze(String catalogName, CalledTable table, Arguments arguments) throws Exception {
        table.requireEverythingReadable("ANALYZE");
        FileStoreTable stored = table.writable();
        List<DataField> columns = arguments
                .optionalText("columns")
                .map(text -> ColumnNames.find(table.name(), stored.rowType(), text))
                .orElse(List.of());
        Optional<Snapshot> latest = stored.latestSnapshot();
        if (latest.isEmpty()) {
            return new Object[] {null, 0L, 0L, 0};
        }
        Found found = new TableAnalysis(catalogName, table, latest.get().id()).run(columns);
        new KeptStatistics(stored).add(found);
        return new Object[] {
            found.rows().snapshotId(),
            found.rows().count().getAsLong(),
            found.rows().bytes().getAsLong(),
            columns.size()
        };
    }
}
