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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.Test;

/** What procedures do that no query of a {@link ProcedureExample} finds: to files, and to what the service keeps. */
class ProcedureEffectsTest extends CatalogFixture {

    private void makeTable() {
        session.run("CREATE TABLE t (id INT, v INT)")
                .run("INSERT INTO t VALUES (1, 10)")
                .run("INSERT INTO t VALUES (2, 20)");
    }

    private Path location() throws Exception {
        String location = ((FileStoreTable) stored("t")).location().toString();
        return Path.of(location.replaceFirst("^file:", ""));
    }

    private List<Path> files(String name) throws Exception {
        try (Stream<Path> files = Files.walk(location())) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void dataFilesGetTheIndexThatTheTableAsksForSinceTheyWereWritten() throws Exception {
        makeTable();
        session.run("ALTER TABLE t SET ('file-index.bloom-filter.columns'='id')");
        assertThat(indexedFiles()).isZero();

        session.sql("CALL sys.rewrite_file_index('d.t')");

        assertThat(indexedFiles()).isEqualTo(2);
    }

    private long indexedFiles() throws Exception {
        return ((FileStoreTable) stored("t"))
                .store().newScan().plan().files().stream()
                        .map(ManifestEntry::file)
                        .filter(file -> file.embeddedIndex() != null
                                || file.extraFiles().stream().anyMatch(extra -> extra.endsWith(".index")))
                        .count();
    }

    @Test
    void filesThatNoSnapshotKnowsAreRemovedOnceTheyAreOld() throws Exception {
        makeTable();
        Path bucket = files("data-.*").get(0).getParent();
        Path old = Files.writeString(bucket.resolve("data-old.parquet"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path young = Files.writeString(bucket.resolve("data-young.parquet"), "x");

        assertThat(rows("CALL sys.remove_orphan_files('d.t')")).contains("[1]");

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, 10]", "[2, 20]");
    }

    @Test
    void dataFilesThatAreGoneAreForgotten() throws Exception {
        makeTable();
        delete(files("data-.*").get(0));

        session.sql("CALL sys.remove_unexisting_files('d.t', false, 1)");

        assertThat(rows("SELECT COUNT(*) FROM t$files")).containsExactly("[1]");
        assertThat(rows("SELECT id FROM t")).hasSize(1);
    }

    @Test
    void manifestsThatAreGoneAreForgotten() throws Exception {
        makeTable();
        delete(files("manifest-[0-9a-f-]+-\\d+").stream()
                .min(Comparator.comparing(file -> file.toFile().lastModified()))
                .orElseThrow());

        session.sql("CALL sys.remove_unexisting_manifests('d.t')");

        assertThat(rows("SELECT id FROM t")).hasSize(1);
    }

    @Test
    void aPartitionIsMarkedAsDoneInItsFolderAndAtTheService() throws Exception {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt) WITH ('metastore.partitioned-table'='true',"
                        + " 'partition.mark-done-action'='success-file,mark-event')")
                .run("INSERT INTO t VALUES (1, 'x'), (2, 'y')");

        session.sql("CALL sys.mark_partition_done('d.t', 'dt=x')");

        assertThat(files("_SUCCESS"))
                .extracting(file -> file.getParent().getFileName().toString())
                .containsExactly("dt=x");
        assertThat(other.listPartitions(Identifier.create("d", "t")).stream()
                        .filter(Partition::done)
                        .map(Partition::spec))
                .containsExactly(Map.of("dt", "x"));
    }

    @Test
    void aDefaultValueIsWrittenWhereNoneIsGiven() {
        makeTable();

        session.sql("CALL sys.alter_column_default_value('d.t', 'v', '7')");

        session.run("INSERT INTO t (id) VALUES (3)");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, 10]", "[2, 20]", "[3, 7]");
    }

    @Test
    void aFunctionGetsAnotherComment() throws Exception {
        session.sql("CALL sys.create_function(`function` => 'd.f',"
                + " inputParams => '[{\"id\": 0, \"name\": \"a\", \"type\": \"INT\"}]',"
                + " returnParams => '[{\"id\": 0, \"name\": \"r\", \"type\": \"INT\"}]')");

        session.sql("CALL sys.alter_function('d.f', '{\"action\": \"updateComment\", \"comment\": \"new\"}')");

        assertThat(other.getFunction(Identifier.create("d", "f")).comment()).isEqualTo("new");
    }
}
