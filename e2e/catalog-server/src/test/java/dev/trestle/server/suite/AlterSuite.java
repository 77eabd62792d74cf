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

import static org.apache.paimon.schema.SchemaChange.Move.after;
import static org.apache.paimon.schema.SchemaChange.Move.before;
import static org.apache.paimon.schema.SchemaChange.Move.first;
import static org.apache.paimon.schema.SchemaChange.Move.last;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.TestServer.Ability;
import java.util.List;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of a table's schema. */
public abstract class AlterSuite extends CatalogSuite {

    @BeforeEach
    void createTable() throws Exception {
        createTable(
                "t",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("a", DataTypes.INT(), "old")
                        .column("b", DataTypes.STRING())
                        .column("c", DataTypes.STRING().notNull())
                        .column("r", DataTypes.ROW(DataTypes.FIELD(10, "x", DataTypes.INT())))
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("k", "v")
                        .build());
    }

    private Table altered(SchemaChange... changes) throws Exception {
        catalog().alterTable(id("t"), List.of(changes), false);
        return catalog().getTable(id("t"));
    }

    @Test
    void setsAndRemovesOptions() throws Exception {
        Table table = altered(SchemaChange.setOption("k2", "v2"), SchemaChange.removeOption("k"));

        assertThat(table.options()).containsEntry("k2", "v2").doesNotContainKey("k");
    }

    @Test
    void changesTheComment() throws Exception {
        assertThat(altered(SchemaChange.updateComment("new")).comment()).contains("new");
        assertThat(altered(SchemaChange.updateComment(null)).comment()).isEmpty();
    }

    @Test
    void addsColumnsAtEveryPlace() throws Exception {
        Table table = altered(
                SchemaChange.addColumn("end", DataTypes.BIGINT(), "at the end"),
                SchemaChange.addColumn("start", DataTypes.DATE(), null, first("start")),
                SchemaChange.addColumn("behind", DataTypes.TIMESTAMP(3), null, after("behind", "a")),
                SchemaChange.addColumn("front", DataTypes.DECIMAL(5, 2), null, before("front", "a")));

        assertThat(table.rowType().getFieldNames())
                .containsExactly("start", "id", "front", "a", "behind", "b", "c", "r", "end");
        assertThat(table.rowType().getField("end").description()).isEqualTo("at the end");
        assertThat(table.rowType().getField("front").type()).isEqualTo(DataTypes.DECIMAL(5, 2));
    }

    @Test
    void renamesAndDropsColumns() throws Exception {
        Table table = altered(SchemaChange.renameColumn("a", "a2"), SchemaChange.dropColumn("b"));

        assertThat(table.rowType().getFieldNames()).containsExactly("id", "a2", "c", "r");
    }

    @Test
    void changesNestedColumns() throws Exception {
        Table table = altered(
                SchemaChange.addColumn(new String[] {"r", "y"}, DataTypes.STRING(), "nested", null),
                SchemaChange.renameColumn(new String[] {"r", "x"}, "z"));
        assertThat(((RowType) table.rowType().getField("r").type()).getFieldNames())
                .containsExactly("z", "y");

        table = altered(SchemaChange.dropColumn(new String[] {"r", "y"}));
        assertThat(((RowType) table.rowType().getField("r").type()).getFieldNames())
                .containsExactly("z");
    }

    @Test
    void changesTypeNullabilityCommentAndDefaultOfColumns() throws Exception {
        Table table = altered(
                SchemaChange.updateColumnType("a", DataTypes.BIGINT()),
                SchemaChange.updateColumnNullability("c", true),
                SchemaChange.updateColumnComment("a", "new"),
                SchemaChange.updateColumnDefaultValue(new String[] {"b"}, "x"));

        assertThat(table.rowType().getField("a").type()).isEqualTo(DataTypes.BIGINT());
        assertThat(table.rowType().getField("c").type().isNullable()).isTrue();
        assertThat(table.rowType().getField("a").description()).isEqualTo("new");
        assertThat(table.rowType().getField("b").defaultValue()).isEqualTo("x");
    }

    @Test
    void movesColumns() throws Exception {
        assertThat(altered(SchemaChange.updateColumnPosition(first("b")))
                        .rowType()
                        .getFieldNames())
                .containsExactly("b", "id", "a", "c", "r");
        assertThat(altered(SchemaChange.updateColumnPosition(after("b", "a")))
                        .rowType()
                        .getFieldNames())
                .containsExactly("id", "a", "b", "c", "r");
        assertThat(altered(SchemaChange.updateColumnPosition(before("c", "a")))
                        .rowType()
                        .getFieldNames())
                .containsExactly("id", "c", "a", "b", "r");
        assertThat(altered(SchemaChange.updateColumnPosition(last("id")))
                        .rowType()
                        .getFieldNames())
                .containsExactly("c", "a", "b", "r", "id");
    }

    @Test
    void keepsRowsOverChanges() throws Exception {
        Table before = createTable("d");
        Rows.write(before, Rows.row(1, "a"));
        catalog()
                .alterTable(
                        id("d"),
                        List.of(
                                SchemaChange.addColumn("w", DataTypes.INT()),
                                SchemaChange.renameColumn("v", "v2"),
                                SchemaChange.updateColumnType("k", DataTypes.BIGINT())),
                        false);
        Table after = catalog().getTable(id("d"));
        Rows.write(after, Rows.row(2L, "b", 3));

        assertThat(Rows.read(after)).containsExactly("[1, a, null]", "[2, b, 3]");
    }

    @Test
    void saysWhichColumnIsInTheWayOrMissing() {
        assertThatThrownBy(() -> altered(SchemaChange.addColumn("a", DataTypes.INT())))
                .isInstanceOfSatisfying(Catalog.ColumnAlreadyExistException.class, e -> assertThat(e.column())
                        .isEqualTo("a"));
        assertThatThrownBy(() -> altered(SchemaChange.dropColumn("nope")))
                .isInstanceOfSatisfying(Catalog.ColumnNotExistException.class, e -> assertThat(e.column())
                        .isEqualTo("nope"));
    }

    @Test
    void makesAllChangesOrNone() throws Exception {
        assertThatThrownBy(() -> altered(SchemaChange.setOption("k2", "v2"), SchemaChange.dropColumn("nope")))
                .isInstanceOf(Catalog.ColumnNotExistException.class);

        assertThat(catalog().getTable(id("t")).options()).doesNotContainKey("k2");
    }

    @Test
    void doesNotAlterATableThatIsNotThere() throws Exception {
        assertThatThrownBy(() -> catalog().alterTable(id("nope"), SchemaChange.setOption("a", "b"), false))
                .isInstanceOf(Catalog.TableNotExistException.class);
        catalog().alterTable(id("nope"), SchemaChange.setOption("a", "b"), true);
    }

    @Test
    void refusesATypeThatCannotBeReached() throws Exception {
        assertThatThrownBy(() -> altered(SchemaChange.updateColumnType("b", DataTypes.ARRAY(DataTypes.INT()))))
                .hasMessageContaining("cannot be converted");
        assertThat(catalog().getTable(id("t")).rowType().getField("b").type()).isEqualTo(DataTypes.STRING());
    }

    @Test
    void refusesAnOptionThatCannotChangeOnceThereIsData() throws Exception {
        needs(Ability.REFUSES_BAD_CHANGES_AS_BAD);
        Rows.write(createTable("d"), Rows.row(1, "a"));

        assertThatThrownBy(() -> catalog().alterTable(id("d"), SchemaChange.setOption("bucket-key", "k"), false))
                .hasMessageContaining("bucket-key");
        assertThat(catalog().getTable(id("d")).options()).doesNotContainKey("bucket-key");
    }
}
