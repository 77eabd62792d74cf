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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, without their data. */
public abstract class TableSuite extends CatalogSuite {

    @Test
    void keepsWhatATableIsMadeOf() throws Exception {
        Schema schema = Schema.newBuilder()
                .column("id", DataTypes.BIGINT().notNull(), "the key")
                .column("day", DataTypes.STRING().notNull())
                .column("name", DataTypes.VARCHAR(20))
                .primaryKey("day", "id")
                .partitionKeys("day")
                .option("bucket", "2")
                .option("file.format", "parquet")
                .comment("what it is for")
                .build();

        Table table = createTable("t", schema);

        assertThat(table.name()).isEqualTo("t");
        assertThat(table.rowType().getFields()).isEqualTo(schema.fields());
        assertThat(table.primaryKeys()).containsExactly("day", "id");
        assertThat(table.partitionKeys()).containsExactly("day");
        assertThat(table.options()).containsEntry("bucket", "2").containsEntry("file.format", "parquet");
        assertThat(table.comment()).contains("what it is for");
        assertThat(table.uuid())
                .isNotEmpty()
                .isEqualTo(catalog().getTable(id("t")).uuid());
    }

    @Test
    void keepsEveryType() throws Exception {
        Schema.Builder schema = Schema.newBuilder();
        var types = List.of(
                DataTypes.BOOLEAN(),
                DataTypes.TINYINT(),
                DataTypes.SMALLINT(),
                DataTypes.INT(),
                DataTypes.BIGINT(),
                DataTypes.FLOAT(),
                DataTypes.DOUBLE(),
                DataTypes.DECIMAL(38, 18),
                DataTypes.CHAR(10),
                DataTypes.VARCHAR(255),
                DataTypes.STRING(),
                DataTypes.BINARY(3),
                DataTypes.VARBINARY(20),
                DataTypes.BYTES(),
                DataTypes.DATE(),
                DataTypes.TIME(3),
                DataTypes.TIMESTAMP(9),
                DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6),
                DataTypes.VARIANT(),
                DataTypes.ARRAY(DataTypes.INT().notNull()),
                DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.DOUBLE()),
                DataTypes.MULTISET(DataTypes.STRING()),
                DataTypes.ROW(
                        DataTypes.FIELD(100, "a", DataTypes.INT(), "nested"),
                        DataTypes.FIELD(101, "b", DataTypes.ARRAY(DataTypes.STRING()))));
        IntStream.range(0, types.size()).forEach(i -> schema.column("c" + i, types.get(i), "column " + i + " “é”"));

        Table table = createTable("t", schema.build());

        assertThat(table.rowType().getFieldTypes())
                .usingElementComparator((left, right) -> left.equalsIgnoreFieldId(right) ? 0 : 1)
                .containsExactlyElementsOf(types);
        assertThat(table.rowType().getFields().get(3).description()).isEqualTo("column 3 “é”");
    }

    @Test
    void refusesATableThatExists() throws Exception {
        createTable("t");

        assertThatThrownBy(() -> createTable("t")).isInstanceOf(Catalog.TableAlreadyExistException.class);
        catalog().createTable(id("t"), simple().column("other", DataTypes.INT()).build(), true);
        assertThat(catalog().getTable(id("t")).rowType().getFieldNames()).containsExactly("k", "v");
    }

    @Test
    void refusesATableInADatabaseThatIsNotThere() {
        assertThatThrownBy(() -> catalog().createTable(Identifier.create("nope", "t"), simple().build(), false))
                .isInstanceOf(Catalog.DatabaseNotExistException.class);
    }

    @Test
    void doesNotFindATableThatIsNotThere() throws Exception {
        assertThatThrownBy(() -> catalog().getTable(id("nope"))).isInstanceOf(Catalog.TableNotExistException.class);
        assertThatThrownBy(() -> catalog().dropTable(id("nope"), false))
                .isInstanceOf(Catalog.TableNotExistException.class);
        assertThatThrownBy(() -> catalog().renameTable(id("nope"), id("other"), false))
                .isInstanceOf(Catalog.TableNotExistException.class);
        catalog().dropTable(id("nope"), true);
        catalog().renameTable(id("nope"), id("other"), true);
    }

    @Test
    void findsATableByItsId() throws Exception {
        needs(Ability.FINDS_TABLES_BY_ID);
        Table table = createTable("t");

        assertThat(catalog().getTableById(table.uuid()).name()).isEqualTo("t");
        assertThatThrownBy(() -> catalog().getTableById("no-such-id"))
                .isInstanceOf(Catalog.TableIdNotExistException.class);
    }

    @Test
    void dropsATableAndMakesItAnew() throws Exception {
        Table first = createTable("t");
        catalog().dropTable(id("t"), false);
        assertThat(catalog().listTables(database())).isEmpty();

        Table second = createTable("t", simple().column("w", DataTypes.INT()).build());

        assertThat(second.uuid()).isNotEqualTo(first.uuid());
        assertThat(second.rowType().getFieldNames()).containsExactly("k", "v", "w");
    }

    @Test
    void renamesATable() throws Exception {
        Table before = createTable("old");
        createTable("taken");

        assertThatThrownBy(() -> catalog().renameTable(id("old"), id("taken"), false))
                .isInstanceOf(Catalog.TableAlreadyExistException.class);
        catalog().renameTable(id("old"), id("new"), false);

        assertThat(catalog().listTables(database())).containsExactlyInAnyOrder("new", "taken");
        assertThat(catalog().getTable(id("new")).uuid()).isEqualTo(before.uuid());
    }

    @Test
    void renamesATableIntoAnotherDatabase() throws Exception {
        needs(Ability.KEEPS_DATA_ON_RENAME);
        String other = database() + "_other";
        catalog().createDatabase(other, false);
        Rows.write(createTable("t"), Rows.row(1, "a"));

        catalog().renameTable(id("t"), Identifier.create(other, "t2"), false);
        catalog().dropDatabase(database(), false, false);

        assertThat(Rows.read(catalog().getTable(Identifier.create(other, "t2"))))
                .containsExactly("[1, a]");
    }

    @Test
    void pagesThroughTablesByPattern() throws Exception {
        for (String name : List.of("a_1", "a_2", "a_3", "a_4", "ab1", "b")) {
            createTable(name);
        }

        PagedList<String> first = catalog().listTablesPaged(database(), 3, null, "a_%", null);
        PagedList<String> second = catalog().listTablesPaged(database(), 3, first.getNextPageToken(), "a_%", null);

        assertThat(first.getElements()).containsExactly("a_1", "a_2", "a_3");
        assertThat(second.getElements()).containsExactly("a_4");
        assertThat(second.getNextPageToken()).isNull();
    }

    @Test
    void endsAListingThatFillsItsPages() throws Exception {
        needs(Ability.ENDS_EXACT_PAGES);
        createTable("a");
        createTable("b");

        assertThat(catalog().listTablesPaged(database(), 2, null, null, null).getNextPageToken())
                .isNull();
    }

    @Test
    void listsTablesOfAType() throws Exception {
        createTable("t");

        assertThat(catalog()
                        .listTablesPaged(database(), null, null, null, "table")
                        .getElements())
                .containsExactly("t");
        assertThat(catalog()
                        .listTablesPaged(database(), null, null, null, "format-table")
                        .getElements())
                .isEmpty();
    }

    @Test
    void listsTablesWithTheirDetails() throws Exception {
        createTable("a");
        createTable("b", simple().column("w", DataTypes.INT()).build());

        PagedList<Table> page = catalog().listTableDetailsPaged(database(), 10, null, null, null);

        assertThat(page.getElements()).extracting(Table::name).containsExactly("a", "b");
        assertThat(page.getElements().get(1).rowType().getFieldNames()).containsExactly("k", "v", "w");
    }

    @Test
    void listsTablesOfAllDatabases() throws Exception {
        String other = database() + "_other";
        catalog().createDatabase(other, false);
        createTable("t1");
        createTable("t2");
        catalog().createTable(Identifier.create(other, "t3"), simple().build(), false);

        List<Identifier> found = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            PagedList<Identifier> page = catalog().listTablesPagedGlobally(database() + "%", "t%", 2, token);
            found.addAll(page.getElements());
            token = page.getNextPageToken();
            pages++;
        } while (token != null && pages < 10);

        assertThat(found).containsExactlyInAnyOrder(id("t1"), id("t2"), Identifier.create(other, "t3"));
    }

    @Test
    void keepsTheFilesOfAnExternalTable(@TempDir Path directory) throws Exception {
        needs(Ability.KEEPS_EXTERNAL_FILES);
        Path place = directory.resolve("somewhere else");
        Schema schema =
                simple().option(CoreOptions.PATH.key(), place.toString()).build();
        Table table = createTable("t", schema);
        Rows.write(table, Rows.row(1, "a"));
        assertThat(((FileStoreTable) table).location().toUri().getPath()).isEqualTo(place.toString());

        catalog().dropTable(id("t"), false);

        assertThat(place.resolve("schema/schema-0")).exists();
        createTable(
                "again",
                simple().option(CoreOptions.PATH.key(), place.toString()).build());
        assertThat(Rows.read(catalog().getTable(id("again")))).containsExactly("[1, a]");
    }

    @Test
    void registersATableWhoseFilesExist(@TempDir Path directory) throws Exception {
        needs(Ability.REGISTERS_TABLES);
        Path place = directory.resolve("t");
        Rows.write(
                createTable(
                        "t",
                        simple().option(CoreOptions.PATH.key(), place.toString())
                                .build()),
                Rows.row(1, "a"));
        catalog().dropTable(id("t"), false);

        catalog().registerTable(id("r"), place.toString());

        assertThat(Rows.read(catalog().getTable(id("r")))).containsExactly("[1, a]");
        assertThatThrownBy(() -> catalog().registerTable(id("r"), place.toString()))
                .isInstanceOf(Catalog.TableAlreadyExistException.class);
        assertThatThrownBy(() -> catalog()
                        .registerTable(id("x"), directory.resolve("nothing").toString()))
                .hasMessageContaining("nothing");
    }

    @Test
    void refusesASchemaThatCannotBe() {
        needs(Ability.REFUSES_BAD_CHANGES_AS_BAD);
        assertThatThrownBy(() -> createTable("t", simple().option("bucket", "2").build()))
                .hasMessageContaining("bucket-key");
        assertThatThrownBy(() -> catalog().getTable(id("t"))).isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void takesAwkwardNames() throws Exception {
        needs(Ability.TAKES_ANY_NAME);
        List<String> names = awkwardNames();
        for (String name : names) {
            Rows.write(createTable(name), Rows.row(1, name));
        }

        assertThat(catalog().listTables(database())).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(Rows.read(catalog().getTable(id(name)))).containsExactly("[1, " + name + "]");
            catalog().alterTable(id(name), SchemaChange.setOption("k", "v"), false);
            assertThat(catalog().getTable(id(name)).options()).containsAllEntriesOf(Map.of("k", "v"));
            catalog().renameTable(id(name), id(name + "2"), false);
            catalog().dropTable(id(name + "2"), false);
        }
        assertThat(catalog().listTables(database())).isEmpty();
    }
}
