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

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleConfig;
import dev.trestle.trino.TrestleQueryRunner;
import dev.trestle.trino.TrinoTypes;
import io.trino.spi.SplitWeight;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.TupleDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.table.source.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which splits and files are read by Trino's own readers, and which by Paimon's. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitReadsTest {

    private final NativeReads nativeReads = new NativeReads(new TrestleConfig(), new FileSchemas());
    private final SplitReads reads = new SplitReads(nativeReads);
    private PaimonTables tables;
    private Sql sql;

    @BeforeAll
    void open(TrestleQueryRunner runner) throws Exception {
        tables = new PaimonTables(runner.otherClient(), "split_reads");
        sql = Sql.in(runner, "split_reads");
    }

    private FileStoreTable table(String name) throws Exception {
        return (FileStoreTable) tables.table(name);
    }

    private static List<DataSplit> splits(FileStoreTable table) {
        return table.newScan().plan().splits().stream()
                .map(DataSplit.class::cast)
                .toList();
    }

    private static ReadColumns columns(FileStoreTable table) {
        return ReadColumns.of(
                table.rowType(),
                table.rowType().getFields().stream()
                        .map(field ->
                                new TrestleColumnHandle(field.id(), field.name(), TrinoTypes.toTrino(field.type())))
                        .toList());
    }

    private ConnectorPageSource open(FileStoreTable table, Split split) throws Exception {
        TrestleSplit whole = TrestleSplit.of(split, 0, Long.MAX_VALUE, OptionalInt.empty(), SplitWeight.standard());
        return reads.open(table, split, whole, columns(table), TupleDomain.all(), MemoryContext.NO_LIMIT);
    }

    private static long rows(ConnectorPageSource pages) throws Exception {
        long rows = 0;
        try (pages) {
            while (!pages.isFinished()) {
                SourcePage page = pages.getNextSourcePage();
                rows += page == null ? 0 : page.getPositionCount();
            }
        }
        return rows;
    }

    /** By the partition: the kind of the reader, and how many rows it gives. */
    private Map<Integer, List<Object>> readers(FileStoreTable table) throws Exception {
        Map<Integer, List<Object>> readers = new TreeMap<>();
        for (DataSplit split : splits(table)) {
            ConnectorPageSource pages = open(table, split);
            readers.put(
                    split.partition().getInt(0),
                    List.of(pages instanceof ConcatPageSource ? "files" : "merged", rows(pages)));
        }
        return readers;
    }

    @Test
    void splitsOfAPrimaryKeyAreReadByFilesWhereNothingIsToBeMerged() throws Exception {
        sql.run("CREATE TABLE keyed (p integer, id integer, n integer) WITH (primary_key = ARRAY['p', 'id'],"
                + " partitioned_by = ARRAY['p'], bucket = 1, options = MAP(ARRAY['write-only'], ARRAY['true']))");
        sql.run("INSERT INTO keyed VALUES (1, 1, 0), (1, 2, 0), (2, 1, 0), (2, 2, 0)");
        sql.run("UPDATE keyed SET n = 1 WHERE id = 1");
        sql.run("ALTER TABLE keyed EXECUTE optimize(partitions => 'p=1')");

        assertThat(readers(table("keyed")))
                .containsExactly(Map.entry(1, List.of("files", 2L)), Map.entry(2, List.of("merged", 2L)));
        assertThat(sql.rows("SELECT p, id, n FROM keyed ORDER BY 1, 2"))
                .containsExactly(List.of(1, 1, 1), List.of(1, 2, 0), List.of(2, 1, 1), List.of(2, 2, 0));
    }

    @ParameterizedTest
    @CsvSource({"parquet, true", "orc, true", "avro, false"})
    void aFileIsReadByTrinoInTheFormatsThatItKnows(String format, boolean known) throws Exception {
        String name = "of_" + format;
        sql.run("CREATE TABLE " + name + " (id integer, text varchar) WITH (file_format = '" + format + "')");
        sql.run("INSERT INTO " + name + " VALUES (1, 'a'), (2, NULL)");

        assertThat(openedByTrino(table(name))).containsExactly(known);
        assertThat(sql.rows("SELECT count(*), count(text), max(text), sum(id) FROM " + name))
                .containsExactly(List.of(2L, 1L, "a", 3L));
    }

    /** The rows of one table: of a file that has the table's types, and of an older one that has not. */
    @Test
    void aFileWhoseTypesTrinoWouldReadOtherwiseIsReadByPaimon() throws Exception {
        sql.run("CREATE TABLE retyped (id integer, v integer)");
        sql.run("INSERT INTO retyped VALUES (1, 10)");
        sql.run("ALTER TABLE retyped ALTER COLUMN v SET DATA TYPE varchar");
        sql.run("INSERT INTO retyped VALUES (2, 'x')");

        assertThat(openedByTrino(table("retyped"))).containsExactlyInAnyOrder(true, false);
        assertThat(sql.rows("SELECT id, v FROM retyped ORDER BY id"))
                .containsExactly(List.of(1, "10"), List.of(2, "x"));
        assertThat(sql.rows("SELECT id FROM retyped WHERE v = '10'")).containsExactly(List.of(1));
    }

    @Test
    void filesThatHoldSomeColumnsOfTheirRowsAreReadByPaimon() throws Exception {
        sql.run("CREATE TABLE evolving (p integer, id integer) WITH (partitioned_by = ARRAY['p'], row_tracking_enabled"
                + " = true, options = MAP(ARRAY['data-evolution.enabled'], ARRAY['true']))");
        sql.run("INSERT INTO evolving VALUES (1, 1), (1, 2)");

        assertThat(readers(table("evolving"))).containsExactly(Map.entry(1, List.of("merged", 2L)));
        assertThat(sql.rows("SELECT id FROM evolving ORDER BY id")).containsExactly(List.of(1), List.of(2));
    }

    /** Of each file. */
    private List<Boolean> openedByTrino(FileStoreTable table) throws Exception {
        List<Boolean> opened = new ArrayList<>();
        for (DataSplit split : splits(table)) {
            for (RawFile file : split.convertToRawFiles().orElseThrow()) {
                Optional<ConnectorPageSource> pages = nativeReads.open(
                        table,
                        new NativeReads.Part(file, Optional.empty(), split.partition(), 0, Long.MAX_VALUE),
                        columns(table),
                        TupleDomain.all(),
                        MemoryContext.NO_LIMIT);
                opened.add(pages.isPresent());
                if (pages.isPresent()) {
                    pages.get().close();
                }
            }
        }
        return opened;
    }
}
