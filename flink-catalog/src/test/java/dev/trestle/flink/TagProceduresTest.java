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

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.Path;
import org.apache.paimon.iceberg.metadata.IcebergMetadata;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Procedures that touch tags have the service make and delete them: beside the service, tags are files. */
class TagProceduresTest extends CatalogFixture {

    private static final Identifier TABLE = Identifier.create("d", "t");

    /** With a tag whose time is over, and one without an end. */
    @BeforeEach
    void makeTable() {
        session.run("CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')")
                .run("INSERT INTO t /*+ OPTIONS('end-input.watermark'='1000') */ VALUES (1, 10)")
                .run("INSERT INTO t /*+ OPTIONS('end-input.watermark'='2000') */ VALUES (2, 20)");
        session.sql("CALL sys.create_tag('d.t', 'kept', 1)");
        session.sql("CALL sys.create_tag('d.t', 'over', 1, '1 ms')");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create_tag('d.t', 'x', 2)                   | 1 | 0 | kept over x",
                "create_tag_from_timestamp('d.t', 'x', 1)    | 1 | 0 | kept over x",
                "create_tag_from_watermark('d.t', 'x', 1500) | 1 | 0 | kept over x",
                "replace_tag('d.t', 'kept', 2)               | 1 | 1 | kept over",
                "delete_tag('d.t', 'kept,over')              | 0 | 2 | ''",
                "expire_tags('d.t')                          | 0 | 1 | kept",
                "purge_files('d.t')                          | 0 | 2 | ''",
            })
    void tagsAreMadeAndDeletedByTheService(String call, long made, long deleted, String left) throws Exception {
        server.resetCallCounts();

        session.sql("CALL sys." + call);

        assertCalls(made, deleted);
        assertThat(tags()).isEqualTo(left);
    }

    /** Paimon writes Iceberg's metadata where the folder of the table's database has this ending. */
    @Test
    void icebergsMetadataIsToldOfTagsThatAreMadeReplacedAndDeleted() throws Exception {
        session.run("CREATE TABLE i (id INT) WITH ('metadata.iceberg.storage'='table-location', 'path'='"
                        + warehouse.resolve("outside/d.db/i").toUri() + "')")
                .run("INSERT INTO i VALUES (1)")
                .run("INSERT INTO i VALUES (2)");

        session.sql("CALL sys.create_tag('d.i', 'x', 1)");
        assertThat(icebergTags("i")).isEqualTo(Map.of("x", 1L));
        session.sql("CALL sys.replace_tag('d.i', 'x', 2)");
        assertThat(icebergTags("i")).isEqualTo(Map.of("x", 2L));
        session.sql("CALL sys.delete_tag('d.i', 'x')");
        assertThat(icebergTags("i")).isEmpty();
    }

    /** The tags in the newest metadata that Iceberg's readers of a table find, each with its snapshot. */
    private Map<String, Long> icebergTags(String table) throws Exception {
        FileStoreTable stored = (FileStoreTable) stored(table);
        long latest = stored.latestSnapshot().orElseThrow().id();
        Path metadata = new Path(stored.location(), "metadata/v" + latest + ".metadata.json");
        return IcebergMetadata.fromPath(stored.fileIO(), metadata).refs().entrySet().stream()
                .filter(ref -> !ref.getKey().equals("main"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, ref -> ref.getValue().snapshotId()));
    }

    @Test
    void automaticTagsAreMadeAndThoseThatAreOverDeletedByTheService() throws Exception {
        session.run("ALTER TABLE t SET ('tag.automatic-creation'='process-time', 'tag.creation-period'='daily')");
        server.resetCallCounts();

        session.sql("CALL sys.trigger_tag_automatic_creation('d.t')");

        assertCalls(1, 1);
        assertThat(tags()).matches("\\d{4}-\\d\\d-\\d\\d kept");
    }

    /** A commit of Paimon's makes them in the files, where a service that reads these finds them. */
    @Test
    void automaticTagsOfAnInsertAreMadeAndDeletedInTheFiles() throws Exception {
        session.run("ALTER TABLE t SET ('tag.automatic-creation'='process-time', 'tag.creation-period'='daily')");
        server.resetCallCounts();

        session.run("INSERT INTO t VALUES (3, 30)");

        assertCalls(0, 0);
        assertThat(tags()).matches("\\d{4}-\\d\\d-\\d\\d kept");
        assertThat(session.column("SELECT tag_name FROM t$tags")).hasSize(2).contains("kept");
    }

    private void assertCalls(long made, long deleted) {
        Map<String, Long> counts = server.callCounts();
        assertThat(counts.getOrDefault("createTag", 0L))
                .as("made, of %s", counts)
                .isEqualTo(made);
        assertThat(counts.getOrDefault("deleteTag", 0L))
                .as("deleted, of %s", counts)
                .isEqualTo(deleted);
    }

    private String tags() throws Exception {
        return other.listTagsPaged(TABLE, null, null, null).getElements().stream()
                .sorted()
                .reduce((tags, tag) -> tags + " " + tag)
                .orElse("");
    }
}
