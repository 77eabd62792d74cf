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

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.flink.FlinkCatalog;
import org.apache.paimon.flink.FlinkCatalogFactory;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.SchemaChange;
import org.junit.jupiter.api.Test;

/** Tables are shared with Paimon's own Flink catalog: what one defines, the other reads. */
class PaimonsOwnCatalogTest extends CatalogFixture {

    private static final String DEFINITION =
            " (id INT NOT NULL COMMENT 'key', up AS UPPER(name) COMMENT 'loud', name STRING, ts TIMESTAMP(3),"
                    + " r ROW<x INT, y ARRAY<STRING>>, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,"
                    + " PRIMARY KEY (id) NOT ENFORCED) COMMENT 'people' WITH ('bucket'='2')";

    private FlinkCatalog paimons() {
        FlinkCatalog catalog = FlinkCatalogFactory.createCatalog("p", other, new Options());
        register(catalog);
        return catalog;
    }

    @SuppressWarnings("deprecation") // The one way to hand over a catalog that is made already.
    private void register(FlinkCatalog catalog) {
        session.environment().registerCatalog("p", catalog);
    }

    private String definition(String catalog, String table) {
        return rows("SHOW CREATE TABLE " + catalog + ".d." + table)
                .get(0)
                .replace("`" + catalog + "`", "`x`")
                .replace("`" + table + "`", "`t`");
    }

    /** Without what ours leaves out: where the table lies, and who made it when. */
    private static Map<String, String> options(CatalogBaseTable table) {
        Map<String, String> options = new HashMap<>(table.getOptions());
        options.keySet().removeAll(CatalogTables.SERVER_SET_OPTIONS);
        return options;
    }

    @Test
    void bothStoreTheSame() throws Exception {
        paimons();
        session.run("CREATE TABLE p.d.theirs" + DEFINITION).run("CREATE TABLE c.d.ours" + DEFINITION);
        assertThat(stored("ours").rowType()).isEqualTo(stored("theirs").rowType());
        Map<String, String> theirs = new HashMap<>(stored("theirs").options());
        Map<String, String> ours = new HashMap<>(stored("ours").options());
        theirs.keySet().removeAll(CatalogTables.SERVER_SET_OPTIONS);
        ours.keySet().removeAll(CatalogTables.SERVER_SET_OPTIONS);
        assertThat(ours).isEqualTo(theirs);
        assertThat(stored("ours").comment()).isEqualTo(stored("theirs").comment());
    }

    @Test
    void eachReadsWhatTheOtherDefined() throws Exception {
        FlinkCatalog paimons = paimons();
        session.run("CREATE TABLE p.d.theirs" + DEFINITION).run("CREATE TABLE c.d.ours" + DEFINITION);
        for (String table : new String[] {"theirs", "ours"}) {
            CatalogBaseTable byPaimon = paimons.getTable(new ObjectPath("d", table));
            CatalogBaseTable byUs =
                    session.environment().getCatalog("c").orElseThrow().getTable(new ObjectPath("d", table));
            assertThat(byUs.getUnresolvedSchema()).isEqualTo(byPaimon.getUnresolvedSchema());
            assertThat(options(byUs)).isEqualTo(options(byPaimon));
            assertThat(byUs.getComment()).isEqualTo(byPaimon.getComment());
        }
        assertThat(definition("c", "theirs")).isEqualTo(definition("c", "ours"));
    }

    /** Another engine knows nothing of computed columns, and of the places that they have among the others. */
    @Test
    void aComputedColumnIsReadAfterAnotherEngineDroppedColumnsBeforeIt() throws Exception {
        session.run("CREATE TABLE t (a INT, b INT, c INT, s AS a + 1)").run("INSERT INTO t VALUES (1, 2, 3)");
        other.alterTable(
                Identifier.create("d", "t"),
                java.util.List.of(SchemaChange.dropColumn("b"), SchemaChange.dropColumn("c")),
                false);
        FlinkSession fresh = open(FlinkSession.batch()).run("USE d");
        assertThat(fresh.rows("SELECT a, s FROM t")).containsExactly("[1, 2]");
        fresh.close();
    }
}
