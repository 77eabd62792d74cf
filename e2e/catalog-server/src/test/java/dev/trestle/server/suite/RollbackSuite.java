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
package dev.trestle.server.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.TestServer.Ability;
import java.time.Duration;
import java.util.List;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.consumer.Consumer;
import org.apache.paimon.consumer.ConsumerInfo;
import org.apache.paimon.consumer.ConsumerManager;
import org.apache.paimon.options.ExpireConfig;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Rollbacks of data and of schemas, and consumers. */
public abstract class RollbackSuite extends CatalogSuite {

    private Table tableOfThreeSnapshots() throws Exception {
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        Rows.write(table, Rows.row(2, "b"));
        Rows.write(table, Rows.row(3, "c"));
        return table;
    }

    private void assertRowsAndGoOn(String... rows) throws Exception {
        assertThat(Rows.read(catalog().getTable(id("t")))).containsExactly(rows);
        Rows.write(catalog().getTable(id("t")), Rows.row(9, "z"));
        assertThat(Rows.read(catalog().getTable(id("t")))).hasSize(rows.length + 1);
    }

    @Test
    void rollsBackToASnapshot() throws Exception {
        tableOfThreeSnapshots();

        catalog().rollbackTo(id("t"), Instant.snapshot(2L));

        assertThat(catalog().loadSnapshot(id("t")).orElseThrow().snapshot().id())
                .isEqualTo(2);
        assertRowsAndGoOn("[1, a]", "[2, b]");
    }

    @Test
    void rollsBackToATag() throws Exception {
        tableOfThreeSnapshots();
        catalog().createTag(id("t"), "first", 1L, null, false);
        catalog().createTag(id("t"), "second", 2L, null, false);

        catalog().rollbackTo(id("t"), Instant.tag("first"));

        assertThatThrownBy(() -> catalog().getTag(id("t"), "second")).isInstanceOf(Catalog.TagNotExistException.class);
        assertRowsAndGoOn("[1, a]");
    }

    @Test
    void refusesARollbackToWhatIsNotThere() throws Exception {
        tableOfThreeSnapshots();

        assertThatThrownBy(() -> catalog().rollbackTo(id("t"), Instant.snapshot(77L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("77");
        assertThatThrownBy(() -> catalog().rollbackTo(id("t"), Instant.tag("nope")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nope");
        assertRowsAndGoOn("[1, a]", "[2, b]", "[3, c]");
    }

    @Test
    void refusesARollbackFromASnapshotThatIsNotTheLatest() throws Exception {
        tableOfThreeSnapshots();

        assertThatThrownBy(() -> catalog().rollbackTo(id("t"), Instant.snapshot(1L), 2L))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("atest snapshot")
                .hasMessageContaining("3");
        catalog().rollbackTo(id("t"), Instant.snapshot(1L), 3L);
        assertRowsAndGoOn("[1, a]");
    }

    @Test
    void rollsBackToASnapshotThatATagAloneKeeps() throws Exception {
        needs(Ability.ROLLS_BACK_TO_EXPIRED_SNAPSHOTS);
        Table table = tableOfThreeSnapshots();
        catalog().createTag(id("t"), "first", 1L, null, false);
        ((FileStoreTable) table)
                .newExpireSnapshots()
                .config(ExpireConfig.builder()
                        .snapshotRetainMax(1)
                        .snapshotRetainMin(1)
                        .snapshotTimeRetain(Duration.ZERO)
                        .build())
                .expire();
        assertThat(catalog().loadSnapshot(id("t"), "1")).isEmpty();

        catalog().rollbackTo(id("t"), Instant.tag("first"));

        assertRowsAndGoOn("[1, a]");
    }

    @Test
    void rollsBackASchema() throws Exception {
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        catalog().alterTable(id("t"), SchemaChange.addColumn("w", DataTypes.INT()), false);
        long schema = ((FileStoreTable) table).schema().id();
        needs(Ability.SERVES_A_SCHEMA_THAT_WAS_ROLLED_BACK);

        catalog().rollbackSchema(id("t"), schema);

        assertThat(catalog().getTable(id("t")).rowType().getFieldNames()).containsExactly("k", "v");
        assertRowsAndGoOn("[1, a]");
    }

    @Test
    void refusesToRollBackASchemaThatIsInUse() throws Exception {
        createTable("t");
        catalog().alterTable(id("t"), SchemaChange.addColumn("w", DataTypes.INT()), false);
        FileStoreTable table = (FileStoreTable) catalog().getTable(id("t"));
        Rows.write(table, Rows.row(1, "a", 2));

        assertThatThrownBy(
                        () -> catalog().rollbackSchema(id("t"), table.schema().id() - 1))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("still referenced");
        assertThatThrownBy(() -> catalog().rollbackSchema(id("t"), 77)).isInstanceOf(RuntimeException.class);
        assertThat(Rows.read(catalog().getTable(id("t")))).containsExactly("[1, a, 2]");
    }

    @Test
    void listsAndResetsConsumers() throws Exception {
        needs(Ability.LISTS_CONSUMERS);
        FileStoreTable table = (FileStoreTable) tableOfThreeSnapshots();
        ConsumerManager files = new ConsumerManager(table.fileIO(), table.location());
        files.resetConsumer("a", new Consumer(3));

        catalog().resetConsumer(id("t"), "b", 2L);

        List<ConsumerInfo> consumers = pages(token -> catalog().listConsumersPaged(id("t"), 1, token));
        assertThat(consumers).extracting(ConsumerInfo::getConsumerId).containsExactly("a", "b");
        assertThat(consumers).extracting(ConsumerInfo::getNextSnapshot).containsExactly(3L, 2L);

        catalog().resetConsumer(id("t"), "a", null);
        assertThat(files.listAllIds()).containsExactly("b");
        assertThatThrownBy(() -> catalog().resetConsumer(id("t"), "a", 77L)).isInstanceOf(Exception.class);
    }
}
