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
package dev.trestle.e2e.bench.spark;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.spark.SparkDriver;
import dev.trestle.e2e.tpch.TpchRows;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of TPC-H in Parquet with zstd, as Spark writes it: a directory for each table. They are made once for each scale.
 *
 * @param directory that has those of a scale
 */
record SourceFiles(Path directory, double scale) {

    private static final String SESSION = "source";

    SourceFiles {
        requireNonNull(directory, "directory is null");
    }

    /** The names of the tables. */
    static List<String> tables() {
        return TpchTable.getTables().stream().map(TpchTable::getTableName).toList();
    }

    /** A statement that names the rows of a table in a session. */
    String createView(String name, String table) {
        return "CREATE TEMPORARY VIEW %s USING parquet OPTIONS (path '%s')".formatted(name, directory.resolve(table));
    }

    /** Makes what is not there yet. */
    void write(SparkDriver spark) throws IOException {
        Files.createDirectories(directory);
        for (TpchTable<?> table : TpchTable.getTables()) {
            if (!Files.exists(directory.resolve(table.getTableName()))) {
                write(table, spark);
            }
        }
    }

    /** All of a table or nothing: what is there is taken the next time. */
    private void write(TpchTable<?> table, SparkDriver spark) throws IOException {
        String name = table.getTableName();
        Path rows = directory.resolve(name + ".csv");
        Path begun = directory.resolve(name + ".begun");
        TpchRows.write(table, scale, rows);
        spark.measure(
                SESSION,
                "CREATE TEMPORARY VIEW %s (%s) USING csv OPTIONS (path '%s', sep '|', quote '')"
                        .formatted(name, columns(table), rows));
        spark.measure(
                SESSION,
                "INSERT OVERWRITE DIRECTORY '%s' USING parquet SELECT /*+ COALESCE(2) */ * FROM %s"
                        .formatted(begun, name));
        Files.move(begun, directory.resolve(name));
        Files.delete(rows);
    }

    private static String columns(TpchTable<?> table) {
        return table.getColumns().stream()
                .map(column -> column.getColumnName() + " " + type(column))
                .collect(Collectors.joining(", "));
    }

    private static String type(TpchColumn<?> column) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> "BIGINT";
            case INTEGER -> "INT";
            case DATE -> "DATE";
            case DOUBLE -> "DECIMAL(15, 2)";
            case VARCHAR -> "STRING";
        };
    }
}
