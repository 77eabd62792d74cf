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
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Branches. */
public abstract class BranchSuite extends CatalogSuite {

    private Identifier branch(String name) {
        return new Identifier(database(), "t", name);
    }

    /** A table of two snapshots, of which the first has a tag {@code first}. */
    private Table table() throws Exception {
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        Rows.write(table, Rows.row(2, "b"));
        catalog().createTag(id("t"), "first", 1L, null, false);
        return table;
    }

    @Test
    void makesABranchWithoutRows() throws Exception {
        needs(Ability.KEEPS_BRANCHES_APART);
        table();

        catalog().createBranch(id("t"), "b", null);

        assertThat(catalog().listBranches(id("t"))).containsExactly("b");
        assertThat(Rows.read(catalog().getTable(branch("b")))).isEmpty();
        assertThat(catalog().loadSnapshot(branch("b"))).isEmpty();
    }

    @Test
    void makesABranchFromATag() throws Exception {
        needs(Ability.KEEPS_BRANCHES_APART);
        table();

        catalog().createBranch(id("t"), "b", "first");

        assertThat(Rows.read(catalog().getTable(branch("b")))).containsExactly("[1, a]");
        assertThat(catalog().loadSnapshot(branch("b")).orElseThrow().snapshot().id())
                .isEqualTo(1);
        assertThat(catalog().getTag(branch("b"), "first").snapshot().id()).isEqualTo(1);
    }

    @Test
    void listsBranches() throws Exception {
        table();
        catalog().createBranch(id("t"), "b1", null);
        catalog().createBranch(id("t"), "b2", "first");

        assertThat(catalog().listBranches(id("t"))).containsExactlyInAnyOrder("b1", "b2");
    }

    @Test
    void listsNoBranchAsATable() throws Exception {
        needs(Ability.KEEPS_BRANCHES_APART);
        table();
        catalog().createBranch(id("t"), "b", null);

        assertThat(catalog().listTables(database())).containsExactly("t");
    }

    @Test
    void hasNoBranchesAtFirst() throws Exception {
        createTable("t");

        assertThat(catalog().listBranches(id("t"))).isNullOrEmpty();
        assertThatThrownBy(() -> catalog().listBranches(id("nope"))).isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void keepsABranchApart() throws Exception {
        needs(Ability.KEEPS_BRANCHES_APART);
        Table main = table();
        catalog().createBranch(id("t"), "b", "first");

        Rows.write(catalog().getTable(branch("b")), Rows.row(3, "c"));
        catalog().alterTable(branch("b"), SchemaChange.addColumn("w", DataTypes.INT()), false);
        Rows.write(catalog().getTable(branch("b")), Rows.row(4, "d", 5));

        assertThat(Rows.read(catalog().getTable(branch("b"))))
                .containsExactly("[1, a, null]", "[3, c, null]", "[4, d, 5]");
        assertThat(Rows.read(main)).containsExactly("[1, a]", "[2, b]");
        assertThat(catalog().getTable(id("t")).rowType().getFieldNames()).containsExactly("k", "v");
        assertThat(catalog().getTable(branch("b")).uuid()).isEqualTo(main.uuid());
    }

    @Test
    void refusesABranchThatExists() throws Exception {
        table();
        catalog().createBranch(id("t"), "b", null);

        assertThatThrownBy(() -> catalog().createBranch(id("t"), "b", null))
                .isInstanceOf(Catalog.BranchAlreadyExistException.class);
        assertThatThrownBy(() -> catalog().createBranch(id("t"), "b", "first"))
                .isInstanceOf(Catalog.BranchAlreadyExistException.class);
    }

    @Test
    void doesNotFindWhatIsNotThere() throws Exception {
        table();

        assertThatThrownBy(() -> catalog().createBranch(id("t"), "b", "nope"))
                .isInstanceOf(Catalog.TagNotExistException.class);
        assertThatThrownBy(() -> catalog().createBranch(id("nope"), "b", null))
                .isInstanceOf(Catalog.TableNotExistException.class);
        assertThatThrownBy(() -> catalog().dropBranch(id("t"), "nope"))
                .isInstanceOf(Catalog.BranchNotExistException.class);
        assertThatThrownBy(() -> catalog().fastForward(id("t"), "nope"))
                .isInstanceOf(Catalog.BranchNotExistException.class);
        assertThatThrownBy(() -> catalog().renameBranch(id("t"), "nope", "b"))
                .isInstanceOf(Catalog.BranchNotExistException.class);
        assertThatThrownBy(() -> catalog().getTable(branch("nope"))).isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void refusesNamesThatMeanSomethingElse() throws Exception {
        needs(Ability.TAKES_ANY_NAME);
        table();
        for (String name : new String[] {"main", "17", " ", "a/b", "a$b"}) {
            assertThatThrownBy(() -> catalog().createBranch(id("t"), name, null))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(catalog().listBranches(id("t"))).isNullOrEmpty();
    }

    @Test
    void forwardsTheTableToABranch() throws Exception {
        needs(Ability.KEEPS_BRANCHES_APART);
        table();
        catalog().createBranch(id("t"), "b", "first");
        Rows.write(catalog().getTable(branch("b")), Rows.row(3, "c"));

        catalog().fastForward(id("t"), "b");

        assertThat(Rows.read(catalog().getTable(id("t")))).containsExactly("[1, a]", "[3, c]");
        Rows.write(catalog().getTable(id("t")), Rows.row(4, "d"));
        assertThat(Rows.read(catalog().getTable(id("t")))).containsExactly("[1, a]", "[3, c]", "[4, d]");
    }

    @Test
    void renamesABranch() throws Exception {
        table();
        catalog().createBranch(id("t"), "b", "first");
        catalog().createBranch(id("t"), "c", null);

        assertThatThrownBy(() -> catalog().renameBranch(id("t"), "b", "c"))
                .isInstanceOf(Catalog.BranchAlreadyExistException.class);
        catalog().renameBranch(id("t"), "b", "d");

        assertThat(catalog().listBranches(id("t"))).containsExactlyInAnyOrder("c", "d");
        needs(Ability.KEEPS_BRANCHES_APART);
        assertThat(Rows.read(catalog().getTable(branch("d")))).containsExactly("[1, a]");
    }

    @Test
    void dropsABranch() throws Exception {
        table();
        catalog().createBranch(id("t"), "b", "first");

        catalog().dropBranch(id("t"), "b");

        assertThat(catalog().listBranches(id("t"))).isNullOrEmpty();
        assertThatThrownBy(() -> catalog().getTable(branch("b"))).isInstanceOf(Catalog.TableNotExistException.class);
        catalog().createBranch(id("t"), "b", null);
    }
}
