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
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewImpl;
import org.junit.jupiter.api.Test;

/** Views. */
public abstract class ViewSuite extends CatalogSuite {

    private static final List<DataField> FIELDS = List.of(
            new DataField(0, "k", DataTypes.INT(), "the key"),
            new DataField(1, "v", DataTypes.ARRAY(DataTypes.DECIMAL(10, 2))));

    private View view(String name) {
        return new ViewImpl(
                id(name),
                FIELDS,
                "SELECT k, v FROM t",
                Map.of("flink", "SELECT `k`, `v` FROM `t`"),
                "what it is for",
                Map.of("o", "1"));
    }

    private void create(String... names) throws Exception {
        for (String name : names) {
            catalog().createView(id(name), view(name), false);
        }
    }

    @Test
    void keepsAView() throws Exception {
        create("w");

        View found = catalog().getView(id("w"));

        assertThat(found.name()).isEqualTo("w");
        assertThat(found.rowType().getFields()).isEqualTo(FIELDS);
        assertThat(found.query()).isEqualTo("SELECT k, v FROM t");
        assertThat(found.dialects()).containsExactly(Map.entry("flink", "SELECT `k`, `v` FROM `t`"));
        assertThat(found.comment()).contains("what it is for");
        assertThat(found.options()).containsEntry("o", "1");
    }

    @Test
    void keepsAViewWithoutCommentAndDialects() throws Exception {
        catalog().createView(id("w"), new ViewImpl(id("w"), List.of(), "q", Map.of(), null, Map.of()), false);

        assertThat(catalog().getView(id("w")).comment()).isEmpty();
        assertThat(catalog().getView(id("w")).query("spark")).isEqualTo("q");
    }

    @Test
    void refusesAViewThatExists() throws Exception {
        create("w");

        assertThatThrownBy(() -> create("w")).isInstanceOf(Catalog.ViewAlreadyExistException.class);
        View other = new ViewImpl(id("w"), List.of(), "other", Map.of(), null, Map.of());
        catalog().createView(id("w"), other, true);
        assertThat(catalog().getView(id("w")).query()).isEqualTo("SELECT k, v FROM t");
    }

    @Test
    void doesNotFindAViewThatIsNotThere() throws Exception {
        List<ViewChange> change = List.of(ViewChange.setOption("a", "b"));

        assertThatThrownBy(() -> catalog().getView(id("w"))).isInstanceOf(Catalog.ViewNotExistException.class);
        assertThatThrownBy(() -> catalog().alterView(id("w"), change, false))
                .isInstanceOf(Catalog.ViewNotExistException.class);
        assertThatThrownBy(() -> catalog().renameView(id("w"), id("x"), false))
                .isInstanceOf(Catalog.ViewNotExistException.class);
        assertThatThrownBy(() -> catalog().dropView(id("w"), false)).isInstanceOf(Catalog.ViewNotExistException.class);
        catalog().alterView(id("w"), change, true);
        catalog().renameView(id("w"), id("x"), true);
        catalog().dropView(id("w"), true);
    }

    @Test
    void doesNotFindTheDatabaseOfAView() {
        needs(Ability.CHECKS_DATABASES_OF_VIEWS);
        Identifier nowhere = Identifier.create("nope", "w");

        assertThatThrownBy(() -> catalog().createView(nowhere, view("w"), false))
                .isInstanceOf(Catalog.DatabaseNotExistException.class);
        assertThatThrownBy(() -> catalog().listViews("nope")).isInstanceOf(Catalog.DatabaseNotExistException.class);
        assertThatThrownBy(() -> catalog().getView(nowhere)).isInstanceOf(Catalog.ViewNotExistException.class);
    }

    @Test
    void listsViews() throws Exception {
        create("b", "a", "c");

        assertThat(catalog().listViews(database())).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(catalog().listTables(database())).isEmpty();
    }

    @Test
    void pagesThroughViewsByPattern() throws Exception {
        create("a1", "a2", "a3", "b1");

        assertThat(pages(token -> catalog().listViewsPaged(database(), 2, token, "a%")))
                .containsExactly("a1", "a2", "a3");
        assertThat(catalog().listViewsPaged(database(), null, null, "b1").getElements())
                .containsExactly("b1");
    }

    @Test
    void listsViewsWithTheirDetails() throws Exception {
        create("a1", "a2", "b1");

        PagedList<View> page = catalog().listViewDetailsPaged(database(), 10, null, "a%");

        assertThat(page.getElements()).extracting(View::name).containsExactlyInAnyOrder("a1", "a2");
        assertThat(page.getElements())
                .allSatisfy(view -> assertThat(view.rowType().getFields()).isEqualTo(FIELDS));
    }

    @Test
    void listsViewsOfAllDatabases() throws Exception {
        String other = database() + "2";
        catalog().createDatabase(other, false);
        create("a1", "b1");
        catalog().createView(Identifier.create(other, "a2"), view("a2"), false);

        assertThat(pages(token -> catalog().listViewsPagedGlobally(database() + "%", "a%", 1, token)))
                .containsExactlyInAnyOrder(id("a1"), Identifier.create(other, "a2"));
    }

    @Test
    void altersAView() throws Exception {
        create("w");

        catalog()
                .alterView(
                        id("w"),
                        List.of(
                                ViewChange.setOption("p", "2"),
                                ViewChange.removeOption("o"),
                                ViewChange.updateComment("another comment"),
                                ViewChange.addDialect("trino", "SELECT 1"),
                                ViewChange.updateDialect("flink", "SELECT 2")),
                        false);

        View found = catalog().getView(id("w"));
        assertThat(found.options()).containsEntry("p", "2").doesNotContainKey("o");
        assertThat(found.comment()).contains("another comment");
        assertThat(found.dialects()).containsOnly(Map.entry("trino", "SELECT 1"), Map.entry("flink", "SELECT 2"));
        assertThat(found.rowType().getFields()).isEqualTo(FIELDS);

        catalog().alterView(id("w"), List.of(ViewChange.dropDialect("flink"), ViewChange.updateComment(null)), false);
        assertThat(catalog().getView(id("w")).dialects()).containsOnlyKeys("trino");
        assertThat(catalog().getView(id("w")).comment()).isEmpty();
    }

    @Test
    void refusesAChangeOfADialectWhole() throws Exception {
        create("w");
        ViewChange good = ViewChange.setOption("p", "2");

        assertThatThrownBy(
                        () -> catalog().alterView(id("w"), List.of(good, ViewChange.addDialect("flink", "x")), false))
                .isInstanceOf(Catalog.DialectAlreadyExistException.class);
        assertThatThrownBy(
                        () -> catalog().alterView(id("w"), List.of(good, ViewChange.updateDialect("nope", "x")), false))
                .isInstanceOf(Catalog.DialectNotExistException.class);
        assertThatThrownBy(() -> catalog().alterView(id("w"), List.of(good, ViewChange.dropDialect("nope")), true))
                .isInstanceOf(Catalog.DialectNotExistException.class);
        assertThat(catalog().getView(id("w")).options()).doesNotContainKey("p");
    }

    @Test
    void renamesAView() throws Exception {
        create("w", "x");

        assertThatThrownBy(() -> catalog().renameView(id("w"), id("x"), false))
                .isInstanceOf(Catalog.ViewAlreadyExistException.class);
        catalog().renameView(id("w"), id("y"), false);

        assertThat(catalog().listViews(database())).containsExactlyInAnyOrder("x", "y");
        assertThat(catalog().getView(id("y")).comment()).contains("what it is for");
    }

    @Test
    void dropsAView() throws Exception {
        create("w");

        catalog().dropView(id("w"), false);

        assertThat(catalog().listViews(database())).isEmpty();
        create("w");
    }

    @Test
    void givesATableAndAViewNoNameTogether() throws Exception {
        needs(Ability.GIVES_TABLES_AND_VIEWS_ONE_NAME_SPACE);
        createTable("t");
        create("w");

        assertThatThrownBy(() -> create("t")).isInstanceOf(Catalog.ViewAlreadyExistException.class);
        assertThatThrownBy(() -> createTable("w")).isInstanceOf(Catalog.TableAlreadyExistException.class);
        assertThatThrownBy(() -> catalog().renameView(id("w"), id("t"), false))
                .isInstanceOf(Catalog.ViewAlreadyExistException.class);
        assertThatThrownBy(() -> catalog().renameTable(id("t"), id("w"), false))
                .isInstanceOf(Catalog.TableAlreadyExistException.class);
    }

    @Test
    void dropsViewsWithTheirDatabase() throws Exception {
        needs(Ability.DROPS_TABLES_WITH_DATABASE);
        create("w");

        catalog().dropDatabase(database(), false, true);
        catalog().createDatabase(database(), false);

        assertThat(catalog().listViews(database())).isEmpty();
    }

    @Test
    void takesAwkwardNames() throws Exception {
        needs(Ability.TAKES_ANY_NAME);
        for (String name : awkwardNames()) {
            create(name);
            assertThat(catalog().getView(id(name)).name()).isEqualTo(name);
            assertThat(catalog().listViews(database())).contains(name);
            catalog().dropView(id(name), false);
        }
    }
}
