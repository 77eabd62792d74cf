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
package dev.trestle.spark;

import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.files.TableFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FormatTable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.execution.datasources.v2.csv.CSVDataSourceV2;
import org.apache.spark.sql.execution.datasources.v2.json.JsonDataSourceV2;
import org.apache.spark.sql.execution.datasources.v2.orc.OrcDataSourceV2;
import org.apache.spark.sql.execution.datasources.v2.parquet.ParquetDataSourceV2;
import org.apache.spark.sql.execution.datasources.v2.text.TextDataSourceV2;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A format table: plain files below a path, which Spark's own source of the format reads and writes. */
final class FormatFiles implements SupportsRead, SupportsWrite {

    /** What Spark calls an option of a format, and the names that Paimon takes it by, of which the first counts. */
    private static final Map<String, Map<String, List<String>>> OPTIONS = Map.of(
            "csv",
                    Map.of(
                            "sep", List.of("csv.field-delimiter", "field-delimiter", "seq"),
                            "lineSep", List.of("csv.line-delimiter", "lineSep"),
                            "quote", List.of("csv.quote-character", "quote"),
                            "escape", List.of("csv.escape-character", "escape"),
                            "header", List.of("csv.include-header", "header"),
                            "nullValue", List.of("csv.null-literal", "nullvalue"),
                            "mode", List.of("csv.mode", "mode")),
            "json", Map.of("lineSep", List.of("json.line-delimiter")),
            "text", Map.of("lineSep", List.of("text.line-delimiter")));

    /** As Paimon's readers of text read a time: Spark would write a letter between day and time, and milliseconds. */
    private static final Map<String, String> WRITTEN_TIMES = Map.of("timestampNTZFormat", "yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final String catalog;
    private final FormatTable table;
    private final TableDescription description;

    FormatFiles(String catalog, String name, FormatTable table) {
        this.catalog = catalog;
        this.table = table;
        this.description = new TableDescription(name, table);
    }

    @Override
    public String name() {
        return catalog + "." + description.name();
    }

    @Override
    @Deprecated
    public StructType schema() {
        return SparkColumns.schema(columns());
    }

    @Override
    public Column[] columns() {
        return description.columns();
    }

    @Override
    public Transform[] partitioning() {
        return description.partitioning();
    }

    @Override
    public Map<String, String> properties() {
        return description.properties();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ, TableCapability.BATCH_WRITE);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        StructType schema = SparkTypes.toSpark(table.rowType());
        if (!table.partitionKeys().isEmpty()
                && Options.fromMap(table.options()).get(CoreOptions.FORMAT_TABLE_PARTITION_ONLY_VALUE_IN_PATH)) {
            throw new UnsupportedOperationException("Format table " + description.name()
                    + " has folders that do not name"
                    + " the column of a partition (" + CoreOptions.FORMAT_TABLE_PARTITION_ONLY_VALUE_IN_PATH.key()
                    + "), which Spark's sources do not find. Read it with Flink.");
        }
        return hasDirectory()
                ? ((SupportsRead) files()).newScanBuilder(withOwnOptions(options))
                : () -> new NoRows(schema);
    }

    /** Spark refuses to read a path that is not there; a table without rows may have none. */
    private boolean hasDirectory() {
        try {
            return table.fileIO().exists(new Path(table.location()));
        } catch (IOException e) {
            throw new UncheckedIOException("The files of table " + description.name() + " cannot be looked for", e);
        }
    }

    private record NoRows(StructType readSchema) implements LocalScan {

        @Override
        public InternalRow[] rows() {
            return new InternalRow[0];
        }
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        if (!table.partitionKeys().isEmpty()) {
            throw new UnsupportedOperationException("Format table " + description.name()
                    + " has partitions, which Spark's source of "
                    + table.format() + " files does not write for a catalog's table (FileWrite has no partitions)."
                    + " Write the table with Flink, or its files with df.write.partitionBy(…).save('"
                    + table.location() + "').");
        }
        Map<String, String> options = new HashMap<>(WRITTEN_TIMES);
        options.putAll(withOwnOptions(info.options()).asCaseSensitiveMap());
        return ((SupportsWrite) files()).newWriteBuilder(new Written(info, new CaseInsensitiveStringMap(options)));
    }

    private Table files() {
        Map<String, String> options = options();
        options.put("path", table.location());
        return source().getTable(SparkTypes.toSpark(table.rowType()), partitioning(), options);
    }

    /** Those of the format, and what opens the files: Spark makes Hadoop's settings of them. */
    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        OPTIONS.getOrDefault(table.format().name().toLowerCase(Locale.ROOT), Map.of())
                .forEach((sparks, names) -> names.stream()
                        .map(table.options()::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .ifPresent(value -> options.put(sparks, value)));
        options.putAll(TableFileSystem.options(table.location(), table.fileIO()));
        return options;
    }

    /** Spark 3.5 reads and writes by the options of the statement alone; later ones add those of the table by themselves. */
    private CaseInsensitiveStringMap withOwnOptions(CaseInsensitiveStringMap ofStatement) {
        Map<String, String> options = options();
        options.putAll(ofStatement.asCaseSensitiveMap());
        return new CaseInsensitiveStringMap(options);
    }

    /** A write with more options than the statement has. */
    private record Written(LogicalWriteInfo info, CaseInsensitiveStringMap options) implements LogicalWriteInfo {

        @Override
        public String queryId() {
            return info.queryId();
        }

        @Override
        public StructType schema() {
            return info.schema();
        }

        @Override
        public Optional<StructType> rowIdSchema() {
            return info.rowIdSchema();
        }

        @Override
        public Optional<StructType> metadataSchema() {
            return info.metadataSchema();
        }
    }

    private TableProvider source() {
        return switch (table.format()) {
            case PARQUET -> new ParquetDataSourceV2();
            case ORC -> new OrcDataSourceV2();
            case CSV -> new CSVDataSourceV2();
            case JSON -> new JsonDataSourceV2();
            case TEXT -> new TextDataSourceV2();
        };
    }
}
