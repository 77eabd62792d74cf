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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Database;
import org.apache.paimon.catalog.PropertyChange;
import org.junit.jupiter.api.Test;

/** Databases. */
public abstract class DatabaseSuite extends CatalogSuite {

    @Test
    void keepsPropertiesOfADatabase() throws Exception {
        String name = database() + "_p";
        catalog().createDatabase(name, false, Map.of("k", "v", "comment", "what it is for"));

        Database found = catalog().getDatabase(name);

        assertThat(found.name()).isEqualTo(name);
        assertThat(found.options()).containsEntry("k", "v").containsKey("location");
        assertThat(found.comment()).contains("what it is for");
    }

    @Test
    void refusesADatabaseThatExists() {
        assertThatThrownBy(() -> catalog().createDatabase(database(), false))
                .isInstanceOf(Catalog.DatabaseAlreadyExistException.class);
    }

    @Test
    void leavesADatabaseThatExistsIfAskedTo() throws Exception {
        catalog().createDatabase(database(), true, Map.of("k", "other"));

        assertThat(catalog().getDatabase(database()).options()).doesNotContainKey("k");
    }

    @Test
    void doesNotFindADatabaseThatIsNotThere() {
        assertThatThrownBy(() -> catalog().getDatabase("nope")).isInstanceOf(Catalog.DatabaseNotExistException.class);
        assertThatThrownBy(() -> catalog().listTables("nope")).isInstanceOf(Catalog.DatabaseNotExistException.class);
        assertThatThrownBy(() -> catalog().alterDatabase("nope", List.of(PropertyChange.setProperty("a", "b")), false))
                .isInstanceOf(Catalog.DatabaseNotExistException.class);
        assertThatThrownBy(() -> catalog().dropDatabase("nope", false, true))
                .isInstanceOf(Catalog.DatabaseNotExistException.class);
    }

    @Test
    void passesOverADatabaseThatIsNotThereIfAskedTo() throws Exception {
        catalog().dropDatabase("nope", true, true);
        catalog().alterDatabase("nope", List.of(PropertyChange.setProperty("a", "b")), true);
    }

    @Test
    void setsAndRemovesProperties() throws Exception {
        catalog()
                .alterDatabase(
                        database(),
                        List.of(PropertyChange.setProperty("a", "1"), PropertyChange.setProperty("b", "2")),
                        false);
        catalog()
                .alterDatabase(
                        database(),
                        List.of(PropertyChange.setProperty("a", "3"), PropertyChange.removeProperty("b")),
                        false);

        assertThat(catalog().getDatabase(database()).options())
                .containsEntry("a", "3")
                .doesNotContainKey("b");
    }

    @Test
    void dropsAnEmptyDatabase() throws Exception {
        catalog().dropDatabase(database(), false, false);

        assertThat(catalog().listDatabases()).doesNotContain(database());
    }

    @Test
    void keepsADatabaseThatIsNotEmptyUnlessTold() throws Exception {
        createTable("t");

        assertThatThrownBy(() -> catalog().dropDatabase(database(), false, false))
                .isInstanceOf(Catalog.DatabaseNotEmptyException.class);
        assertThat(catalog().listTables(database())).containsExactly("t");

        catalog().dropDatabase(database(), false, true);
        assertThatThrownBy(() -> catalog().getTable(id("t"))).isInstanceOf(Exception.class);
    }

    @Test
    void makesADroppedDatabaseAnew() throws Exception {
        needs(Ability.DROPS_TABLES_WITH_DATABASE);
        createTable("t");
        catalog().dropDatabase(database(), false, true);
        catalog().createDatabase(database(), false);

        assertThat(catalog().listTables(database())).isEmpty();
    }

    @Test
    void pagesThroughDatabasesByPattern() throws Exception {
        String prefix = database() + "_page_";
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(prefix + i);
            catalog().createDatabase(prefix + i, false);
        }

        List<String> found = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            PagedList<String> page = catalog().listDatabasesPaged(2, token, prefix + "%");
            assertThat(page.getElements()).hasSizeLessThanOrEqualTo(2);
            found.addAll(page.getElements());
            token = page.getNextPageToken();
            pages++;
        } while (token != null && pages < 10);

        assertThat(found).containsExactlyElementsOf(names);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void listsMoreDatabasesThanAPageHolds() throws Exception {
        String prefix = database() + "_many_";
        for (int i = 0; i < 120; i++) {
            catalog().createDatabase(prefix + i, false);
        }

        assertThat(catalog().listDatabases().stream().filter(name -> name.startsWith(prefix)))
                .hasSize(120);
    }

    @Test
    void takesAwkwardNames() throws Exception {
        needs(Ability.TAKES_ANY_NAME);
        for (String part : awkwardNames()) {
            String name = database() + part;
            catalog().createDatabase(name, false, Map.of("k", part));
            assertThat(catalog().getDatabase(name).options()).containsEntry("k", part);
            assertThat(catalog().listDatabases()).contains(name);
            catalog().dropDatabase(name, false, false);
        }
    }
}
