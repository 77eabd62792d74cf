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
package dev.trestle.spark.write.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.format.FormatWriter;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.options.Options;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.CatalogEnvironment;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetAppendTest {

    /** Several row groups, pages, and dictionaries that overflow, in few rows. */
    private static final Map<String, String> SMALL =
            Map.of("file.block-size", "200 kb", "parquet.page.size", "8192", "parquet.dictionary.page.size", "4096");

    private static final int ROWS = 6000;

    @TempDir
    Path directory;

    /** What a write left, in order. */
    private record Written(List<DataFileMeta> files, List<byte[]> contents) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata.stats-mode=full",
                "file.block-size=1 mb",
                "parquet.block.size=100000,file.block-size=",
                "parquet.page.size=1000",
                "parquet.page.row.count.limit=100",
                "parquet.dictionary.page.size=100000",
                "parquet.enable.dictionary=false",
                "parquet.enable.dictionary#vc=false",
                "Parquet.enable.dictionary=false",
                "parquet.writer.version=PARQUET_2_0",
                "parquet.bloom.filter.enabled=true",
                "parquet.bloom.filter.enabled#st=true",
                "parquet.bloom.filter.enabled#st=true,parquet.bloom.filter.expected.ndv#st=100",
                "parquet.bloom.filter.enabled#st=true,parquet.bloom.filter.expected.ndv#st=100,parquet.bloom.filter.fpp#st=0.5",
                "file.compression=none",
                "file.compression=snappy",
                "file.compression.zstd-level=9",
                "parquet.compression.codec.zstd.level=9",
                "parquet.compression=UNCOMPRESSED",
                "target-file-size=100 kb",
                "file-index.bloom-filter.columns=st",
                "file-index.bitmap.columns=vc"
            })
    void filesAreThoseThatPaimonWrites(String options) throws Exception {
        PlainRows rows = new PlainRows(0);
        FileStoreTable table = table(rows, withOptions(options));

        Written paimons = written(table, table.newBatchWriteBuilder().newWrite(), rows);
        Written ours = written(table, ParquetAppend.of(table).orElseThrow(), rows);

        assertThat(described(ours)).isEqualTo(described(paimons));
        assertThat(ours.contents()).containsExactlyElementsOf(paimons.contents());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file.block-size=1 mb",
                "parquet.page.size=1000",
                "parquet.dictionary.page.size=100000",
                "parquet.enable.dictionary=false",
                "parquet.bloom.filter.enabled=true",
                "file.compression=none",
                "file.compression.zstd-level=9",
                "target-file-size=100 kb"
            })
    void anOptionChangesTheFiles(String options) throws Exception {
        PlainRows rows = new PlainRows(0);
        FileStoreTable without = table(rows, withOptions("metadata.stats-mode=full"));
        FileStoreTable with = without.copy(options(options));

        Written plain = written(without, ParquetAppend.of(without).orElseThrow(), rows);
        Written changed = written(with, ParquetAppend.of(with).orElseThrow(), rows);

        assertThat(Arrays.deepEquals(
                        changed.contents().toArray(), plain.contents().toArray()))
                .isFalse();
    }

    @Test
    void rowsComeBackAsTheyWereWritten() throws Exception {
        PlainRows rows = new PlainRows(-62_135_596_800_000_000L + 1);
        FileStoreTable table = table(rows, SMALL);
        List<BinaryRow> expected = binary(rows.rows(table.rowType(), ROWS), table.rowType());

        commit(table, write -> rows.rows(table.rowType(), ROWS).forEach(write));

        assertThat(stored(table)).containsExactlyElementsOf(expected);
    }

    @Test
    void rowsOfPaimonAreWrittenAsThoseOfSparkAre() throws Exception {
        PlainRows rows = new PlainRows(0);
        FileStoreTable table = table(rows, SMALL);
        Written ofSpark = written(table, ParquetAppend.of(table).orElseThrow(), rows);

        List<BinaryRow> same = binary(rows.rows(table.rowType(), ROWS), table.rowType());
        Written ofPaimon = written(table, ParquetAppend.of(table).orElseThrow(), same.stream());

        assertThat(ofPaimon.contents()).containsExactlyElementsOf(ofSpark.contents());
    }

    @Test
    void partitionsAreWrittenInAnyOrderAndMoreOfThemThanMayBeOpen() throws Exception {
        Schema schema = Schema.newBuilder()
                .column("p", DataTypes.INT())
                .column("v", DataTypes.INT())
                .partitionKeys("p")
                .options(Map.of("bucket", "-1", "write-max-writers-to-spill", "2"))
                .build();
        FileStoreTable table = table(schema);

        commit(table, write -> {
            for (int i = 0; i < 100; i++) {
                write.accept(GenericRow.of(i % 7, i));
            }
        });

        assertThat(stored(table).stream().map(row -> row.getInt(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.iterate(0, i -> i + 1).limit(100).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file.format=orc",
                "bucket=2,bucket-key=id",
                "write-buffer-for-append=true",
                "row-tracking.enabled=true",
                "parquet.validation=true",
                "parquet.crypto.factory.class=org.example.Keys"
            })
    void aTableWithWhatIsLeftToPaimonIsNotWrittenSo(String options) throws Exception {
        FileStoreTable table = table(new PlainRows(0), withOptions(options));

        assertThat(ParquetAppend.of(table)).isEmpty();
    }

    @Test
    void aTableWithNestedColumnsOrAKeyIsNotWrittenSo() throws Exception {
        Schema.Builder nested =
                Schema.newBuilder().column("id", DataTypes.INT()).column("a", DataTypes.ARRAY(DataTypes.INT()));
        Schema.Builder variant = Schema.newBuilder().column("v", DataTypes.VARIANT());
        Schema.Builder keyed = Schema.newBuilder()
                .column("id", DataTypes.INT())
                .primaryKey("id")
                .option("bucket", "1");

        assertThat(ParquetAppend.of(table(nested.build()))).isEmpty();
        assertThat(ParquetAppend.of(table(variant.build()))).isEmpty();
        assertThat(ParquetAppend.of(table(keyed.build()))).isEmpty();
    }

    @Test
    void aNullInAColumnThatIsNotNullIsRefusedByTheTableAndByTheFile() throws Exception {
        FileStoreTable table = table(
                Schema.newBuilder().column("id", DataTypes.INT().notNull()).build());
        try (BatchTableWrite write = ParquetAppend.of(table).orElseThrow()) {
            assertThatThrownBy(() -> write.write(GenericRow.of((Object) null)))
                    .hasMessage("Cannot write null to non-null column(id)");
        }

        Path file = directory.resolve("broken");
        try (PositionOutputStream out = LocalFileIO.create().newOutputStream(path(file), false)) {
            FormatWriter writer = new ParquetFormat(new Options())
                    .createWriterFactory(table.rowType())
                    .create(out, "none");
            writer.addElement(GenericRow.of(1));
            assertThatThrownBy(() -> writer.addElement(GenericRow.of((Object) null)))
                    .hasMessage("Column id is NOT NULL, and a row has no value of it");
            writer.close();
        }
        assertThat(Files.readString(file)).isEqualTo("PAR1");
    }

    private static Map<String, String> withOptions(String options) {
        Map<String, String> all = new HashMap<>(SMALL);
        options(options).forEach((name, value) -> {
            if (value.isEmpty()) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return all;
    }

    private static Map<String, String> options(String options) {
        Map<String, String> named = new HashMap<>();
        for (String option : options.split(",")) {
            String[] parts = option.split("=", 2);
            named.put(parts[0], parts[1]);
        }
        return named;
    }

    private FileStoreTable table(PlainRows rows, Map<String, String> options) throws Exception {
        return table(rows.schema().options(options).build());
    }

    private FileStoreTable table(Schema schema) throws Exception {
        org.apache.paimon.fs.Path location = path(Files.createTempDirectory(directory, "table"));
        TableSchema stored = new SchemaManager(LocalFileIO.create(), location).createTable(schema);
        return FileStoreTableFactory.create(LocalFileIO.create(), location, stored, CatalogEnvironment.empty());
    }

    private static org.apache.paimon.fs.Path path(Path local) {
        return new org.apache.paimon.fs.Path(local.toUri());
    }

    private Written written(FileStoreTable table, BatchTableWrite write, PlainRows rows) throws Exception {
        return written(table, write, rows.rows(table.rowType(), ROWS));
    }

    private Written written(FileStoreTable table, BatchTableWrite write, Stream<? extends InternalRow> rows)
            throws Exception {
        List<DataFileMeta> files = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (CommitMessage message : messages(write, sink -> rows.forEach(sink))) {
            CommitMessageImpl written = (CommitMessageImpl) message;
            for (DataFileMeta file : written.newFilesIncrement().newFiles()) {
                files.add(file);
                contents.add(Files.readAllBytes(Path.of(table.store()
                        .pathFactory()
                        .createDataFilePathFactory(written.partition(), written.bucket())
                        .toPath(file)
                        .toUri())));
            }
        }
        return new Written(files, contents);
    }

    private List<CommitMessage> messages(BatchTableWrite write, Consumer<Consumer<InternalRow>> rows) throws Exception {
        try (IOManager spilled = IOManager.create(directory.resolve("spilled").toString());
                write) {
            write.withIOManager(spilled);
            rows.accept(row -> {
                try {
                    write.write(row);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            return write.prepareCommit();
        }
    }

    private void commit(FileStoreTable table, Consumer<Consumer<InternalRow>> rows) throws Exception {
        try (BatchTableCommit commit = table.newBatchWriteBuilder().newCommit()) {
            commit.commit(messages(ParquetAppend.of(table).orElseThrow(), rows));
        }
    }

    private static List<BinaryRow> stored(FileStoreTable table) throws IOException {
        try (RecordReader<InternalRow> reader = table.newReadBuilder()
                .newRead()
                .createReader(table.newReadBuilder().newScan().plan())) {
            List<BinaryRow> found = new ArrayList<>();
            InternalRowSerializer copies = new InternalRowSerializer(table.rowType());
            reader.forEachRemaining(row -> found.add(copies.toBinaryRow(row).copy()));
            return found;
        }
    }

    private static List<BinaryRow> binary(Stream<InternalRow> rows, RowType type) {
        InternalRowSerializer copies = new InternalRowSerializer(type);
        return rows.map(row -> copies.toBinaryRow(row).copy()).toList();
    }

    /** All that differs between two files of the same rows is their name and time. */
    private static List<List<Object>> described(Written written) {
        return written.files().stream()
                .map(file -> Arrays.<Object>asList(
                        file.fileSize(),
                        file.rowCount(),
                        file.valueStats(),
                        file.valueStatsCols(),
                        file.minSequenceNumber(),
                        file.maxSequenceNumber(),
                        file.schemaId(),
                        file.level(),
                        file.fileSource(),
                        file.extraFiles().size(),
                        file.embeddedIndex() == null ? 0 : Arrays.hashCode(file.embeddedIndex()),
                        file.fileFormat()))
                .toList();
    }
}
