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

import com.google.inject.Inject;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleConfig;
import dev.trestle.trino.TrinoTypes;
import dev.trestle.trino.files.PaimonInputFile;
import dev.trestle.trino.read.OutputPageSource.Column;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.fs.Path;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DeletionFile;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/**
 * Reads files whose rows need no merge with Trino's own readers: columns by their ids in the schema of each file, partition
 * columns from the partition, rows without those that a deletion vector takes out. Safe for use by many threads.
 */
final class NativeReads {

    private static final String ORC_LEGACY_INSTANTS = "orc.timestamp-ltz.legacy.type";

    private final FileSchemas schemas;
    private final Map<String, FileFormat<?>> formats;

    @Inject
    NativeReads(TrestleConfig config, FileSchemas schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
        ParquetReaderOptions parquet = ParquetReaderOptions.builder()
                .withSmallFileThreshold(config.getParquetSmallFileThreshold())
                .build();
        this.formats = Map.of("parquet", new ParquetFiles(parquet), "orc", new OrcFiles());
    }

    /** Whether files of the table may be read by Trino at all. */
    static boolean areAllowed(FileStoreTable table) {
        // Its files hold some columns of some rows.
        return !table.coreOptions().dataEvolutionEnabled()
                // Its files are those of another branch too, which has schemas of its own.
                && !(table instanceof FallbackReadFileStoreTable);
    }

    /** Whether a file may be read in parts. */
    boolean isDivisible(RawFile file) {
        return formats.containsKey(file.format().toLowerCase(Locale.ROOT));
    }

    /**
     * A part of a file of a table.
     *
     * @param partition that the file lies in
     */
    record Part(RawFile file, Optional<DeletionFile> deletion, BinaryRow partition, long start, long length) {

        boolean isWhole() {
            return start == 0 && length >= file.fileSize();
        }
    }

    /**
     * Opens a part of a file; empty where Trino's readers would give other values than Paimon's.
     *
     * @param sought what is known of the rows sought
     */
    Optional<ConnectorPageSource> open(
            FileStoreTable table,
            Part part,
            ReadColumns wanted,
            TupleDomain<TrestleColumnHandle> sought,
            MemoryContext memory)
            throws IOException {
        String format = part.file().format().toLowerCase(Locale.ROOT);
        if (!formats.containsKey(format)) {
            return Optional.empty();
        }
        TableSchema schema = schemas.get(table, part.file().schemaId());
        if (!FileTypes.areNamesDistinct(schema.logicalRowType())) {
            return Optional.empty();
        }
        Optional<Layout> layout = layout(table, part, wanted, schema.logicalRowType(), types(format, table, schema));
        return layout.isEmpty()
                ? Optional.empty()
                : open(table, part, layout.get(), formats.get(format), sought, memory);
    }

    /** By default Paimon writes the instants of ORC files in the zone of its machine. */
    private static FileTypes types(String format, FileStoreTable table, TableSchema schema) {
        if (format.equals("parquet")) {
            return FileTypes.PARQUET;
        }
        boolean plain = Stream.of(table.options(), schema.options())
                .allMatch(options -> "false".equalsIgnoreCase(options.get(ORC_LEGACY_INSTANTS)));
        return plain ? FileTypes.ORC_WITH_INSTANTS : FileTypes.ORC;
    }

    private static Optional<ConnectorPageSource> open(
            FileStoreTable table,
            Part part,
            Layout layout,
            FileFormat<?> format,
            TupleDomain<TrestleColumnHandle> sought,
            MemoryContext memory)
            throws IOException {
        if (layout.columns().isEmpty() && part.isWhole() && part.deletion().isEmpty()) {
            return Optional.of(new CountedPageSource(part.file().rowCount(), layout.outputs()));
        }
        DataFile file = new DataFile(
                table.fullName(),
                new PaimonInputFile(
                        table.fileIO(),
                        new Path(part.file().path()),
                        part.file().fileSize()),
                part.start(),
                part.length(),
                layout.columns(),
                domains(layout, sought),
                part.deletion().isPresent());
        UnaryOperator<SourcePage> rows = UnaryOperator.identity();
        if (part.deletion().isPresent()) {
            rows = new DeletedRows(
                    DeletionVector.read(table.fileIO(), part.deletion().get()),
                    layout.columns().size());
        }
        try {
            return Optional.of(new OutputPageSource(format.open(file, memory), rows, layout.outputs()));
        } catch (ShreddedVariantException e) {
            return Optional.empty();
        }
    }

    /**
     * @param columns what is read of the file
     * @param inFile the columns of the file that have the type that they have in the table
     * @param outputs what is given out
     */
    private record Layout(List<DataFile.Column> columns, Map<Integer, DataField> inFile, List<Column> outputs) {}

    private static Optional<Layout> layout(
            FileStoreTable table, Part part, ReadColumns wanted, RowType inFile, FileTypes types) {
        List<DataFile.Column> columns = new ArrayList<>();
        List<Optional<Block>> constants = new ArrayList<>();
        List<Integer> channels = new ArrayList<>();
        for (DataField field : wanted.type().getFields()) {
            int key = table.partitionKeys().indexOf(field.name());
            channels.add(columns.size());
            if (key >= 0) {
                constants.add(Optional.of(TrinoValues.block(field.type(), part.partition(), key)));
            } else if (!inFile.containsField(field.id())) {
                constants.add(Optional.of(nullOf(field.type())));
            } else if (types.reads(field.type(), inFile.getField(field.id()).type())) {
                constants.add(Optional.empty());
                columns.add(new DataFile.Column(field, inFile.getField(field.id())));
            } else {
                return Optional.empty();
            }
        }
        List<Column> outputs = wanted.outputs().stream()
                .map(output -> column(output, constants.get(output.column()), channels.get(output.column())))
                .toList();
        return Optional.of(new Layout(columns, unchanged(table.rowType(), inFile), outputs));
    }

    private static Column column(ReadColumns.Output output, Optional<Block> constant, int channel) {
        if (constant.isEmpty()) {
            return new Column.Read(channel, output.path());
        }
        Block value = constant.get();
        for (int field : output.path()) {
            value = io.trino.spi.block.RowBlock.getRowFieldsFromBlock(value).get(field);
        }
        return new Column.Constant(value);
    }

    private static Block nullOf(DataType type) {
        return TrinoTypes.toTrino(type).createBlockBuilder(null, 1).appendNull().build();
    }

    private static Map<Integer, DataField> unchanged(RowType now, RowType inFile) {
        Map<Integer, DataField> unchanged = new HashMap<>();
        for (DataField field : now.getFields()) {
            if (inFile.containsField(field.id())
                    && inFile.getField(field.id()).type().equalsIgnoreNullable(field.type())) {
                unchanged.put(field.id(), inFile.getField(field.id()));
            }
        }
        return unchanged;
    }

    /** The domains of columns by which a file's statistics leave out parts of it, by their names in the file. */
    private static Map<String, Domain> domains(Layout layout, TupleDomain<TrestleColumnHandle> sought) {
        Map<String, Domain> domains = new HashMap<>();
        sought.getDomains().orElseThrow().forEach((column, domain) -> {
            DataField field = layout.inFile().get(column.id());
            if (field != null && column.isWhole() && hasStatistics(field.type())) {
                domains.put(field.name(), domain);
            }
        });
        return domains;
    }

    private static boolean hasStatistics(DataType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    DATE,
                    VARCHAR,
                    TIMESTAMP_WITHOUT_TIME_ZONE -> true;
            // The blanks at the end of a CHAR count in a file, and not in Trino.
            default -> false;
        };
    }
}
