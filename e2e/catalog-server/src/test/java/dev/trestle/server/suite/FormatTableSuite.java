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
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Format tables: directories of files in an open format, without snapshots. */
public abstract class FormatTableSuite extends CatalogSuite {

    private static Schema schema(String format, String... partitionKeys) {
        return simple().partitionKeys(partitionKeys)
                .option("type", "format-table")
                .option("file.format", format)
                .comment("what it is for")
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet", "orc"})
    void writesAndReads(String format) throws Exception {
        needs(Ability.KEEPS_FORMAT_TABLES);
        Table table = createTable("t", schema(format));

        assertThat(table).isInstanceOf(FormatTable.class);
        assertThat(((FormatTable) table).format().name()).isEqualToIgnoringCase(format);
        assertThat(table.comment()).contains("what it is for");
        assertThat(Rows.read(table)).isEmpty();
        Rows.write(table, Rows.row(1, "a"), Rows.row(2, "b"));
        assertThat(Rows.read(catalog().getTable(id("t")))).containsExactly("[1, a]", "[2, b]");
    }

    @Test
    void listsAndFindsFormatTables() throws Exception {
        createTable("t");
        createTable("f", schema("csv"));

        assertThat(catalog().listTables(database())).containsExactlyInAnyOrder("t", "f");
        assertThat(catalog()
                        .listTablesPaged(database(), null, null, null, "format-table")
                        .getElements())
                .containsExactly("f");
        assertThat(catalog()
                        .listTableDetailsPaged(database(), null, null, null, null)
                        .getElements())
                .extracting(Table::name)
                .containsExactlyInAnyOrder("t", "f");
    }

    @Test
    void listsPartitionsByTheirDirectories() throws Exception {
        needs(Ability.KEEPS_FORMAT_TABLES);
        Table table = createTable("f", schema("csv", "v"));
        Rows.write(table, Rows.row(1, "a"), Rows.row(2, "b"));

        assertThat(catalog().listPartitions(id("f")))
                .extracting(Partition::spec)
                .containsExactlyInAnyOrder(Map.of("v", "a"), Map.of("v", "b"));
    }

    @Test
    void altersAFormatTable() throws Exception {
        createTable("f", schema("csv"));

        catalog()
                .alterTable(
                        id("f"),
                        List.of(
                                SchemaChange.addColumn("w", DataTypes.INT()),
                                SchemaChange.setOption("csv.field-delimiter", ";")),
                        false);

        Table found = catalog().getTable(id("f"));
        assertThat(found.rowType().getFieldNames()).containsExactly("k", "v", "w");
        assertThat(found.options()).containsEntry("csv.field-delimiter", ";");
    }

    @Test
    void renamesAndDropsAFormatTable() throws Exception {
        needs(Ability.KEEPS_FORMAT_TABLES);
        Rows.write(createTable("f", schema("csv")), Rows.row(1, "a"));

        catalog().renameTable(id("f"), id("g"), false);
        assertThat(Rows.read(catalog().getTable(id("g")))).containsExactly("[1, a]");

        catalog().dropTable(id("g"), false);
        assertThatThrownBy(() -> catalog().getTable(id("g"))).isInstanceOf(Catalog.TableNotExistException.class);
        assertThat(Rows.read(createTable("g", schema("csv")))).isEmpty();
    }

    @Test
    void refusesAFormatThatNobodyReads() {
        needs(Ability.KEEPS_FORMAT_TABLES);

        assertThatThrownBy(() -> createTable("f", schema("nope"))).hasMessageContaining("nope");
    }

    @Test
    void hasNeitherSnapshotsNorTags() throws Exception {
        needs(Ability.KEEPS_FORMAT_TABLES);
        needs(Ability.KEEPS_SNAPSHOTS);
        createTable("f", schema("csv"));

        assertThatThrownBy(() -> catalog().createTag(id("f"), "x", null, null, false))
                .hasMessageContaining("format table");
    }
}
