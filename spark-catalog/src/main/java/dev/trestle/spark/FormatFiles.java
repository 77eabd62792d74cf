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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.fs.Path;
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

    /** What Paimon calls an option of a format, and what Spark does. */
    private static final Map<String, String> OPTIONS = Map.of(
            "csv.field-delimiter", "sep",
            "csv.line-delimiter", "lineSep",
            "csv.quote-character", "quote",
            "csv.escape-character", "escape",
            "csv.include-header", "header",
            "csv.null-literal", "nullValue",
            "json.line-delimiter", "lineSep",
            "text.line-delimiter", "lineSep");

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
        return ((SupportsWrite) files()).newWriteBuilder(new Written(info, withOwnOptions(info.options())));
    }

    private Table files() {
        Map<String, String> options = options();
        options.put("path", table.location());
        return source().getTable(SparkTypes.toSpark(table.rowType()), partitioning(), options);
    }

    /** Those of the format, and what opens the files: Spark makes Hadoop's settings of them. */
    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        table.options().forEach((key, value) -> {
            String known = OPTIONS.get(key);
            if (known != null) {
                options.put(known, value);
            }
        });
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
