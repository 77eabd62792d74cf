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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogMaterializedTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.IntervalFreshness;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogMaterializedTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.StartMode;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.flink.FlinkCatalog;
import org.apache.paimon.flink.FlinkCatalogFactory;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.view.View;
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
                List.of(SchemaChange.dropColumn("b"), SchemaChange.dropColumn("c")),
                false);
        FlinkSession fresh = open(FlinkSession.batch()).run("USE d");
        assertThat(fresh.rows("SELECT a, s FROM t")).containsExactly("[1, 2]");
        fresh.close();
    }

    @Test
    void theWatermarkThatOneDefinedTheOtherChangesAndDrops() throws Exception {
        FlinkCatalog paimons = paimons();
        session.run("CREATE TABLE p.d.theirs" + DEFINITION).run("CREATE TABLE c.d.ours" + DEFINITION);

        session.run("ALTER TABLE c.d.theirs MODIFY WATERMARK FOR ts AS ts")
                .run("ALTER TABLE p.d.ours MODIFY WATERMARK FOR ts AS ts");
        assertThat(watermark(paimons, "theirs")).isEqualTo("[`ts`]");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(watermark(ours(), "ours")).isEqualTo("[`ts`]"));

        session.run("ALTER TABLE c.d.theirs DROP WATERMARK").run("ALTER TABLE p.d.ours DROP WATERMARK");
        assertThat(watermark(paimons, "theirs")).isEqualTo("none");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(watermark(ours(), "ours")).isEqualTo("none"));
    }

    private Catalog ours() {
        return session.environment().getCatalog("c").orElseThrow();
    }

    private static String watermark(Catalog catalog, String table) {
        try {
            return catalog.getTable(new ObjectPath("d", table)).getUnresolvedSchema().getWatermarkSpecs().stream()
                    .map(watermark -> watermark.getWatermarkExpression().asSummaryString())
                    .findFirst()
                    .orElse("none");
        } catch (TableNotExistException e) {
            throw new AssertionError("Table " + table + " is gone", e);
        }
    }

    @Test
    void viewsAreStoredAlikeAndReadAndAlteredByEach() throws Exception {
        paimons();
        session.run("CREATE TABLE t (id INT, name STRING)").run("INSERT INTO t VALUES (1, 'a')");
        String definition = " COMMENT 'named' AS SELECT id, name FROM t";
        session.run("CREATE VIEW c.d.ours" + definition);
        session.run("USE CATALOG p").run("USE d").run("CREATE VIEW p.d.theirs" + definition);
        View ours = other.getView(Identifier.create("d", "ours"));
        View theirs = other.getView(Identifier.create("d", "theirs"));
        assertThat(ours.rowType()).isEqualTo(theirs.rowType());
        assertThat(ours.dialects().keySet()).isEqualTo(theirs.dialects().keySet());
        assertThat(ours.comment()).isEqualTo(theirs.comment());
        for (String view : new String[] {"c.d.ours", "c.d.theirs", "p.d.ours", "p.d.theirs"}) {
            assertThat(rows("SELECT * FROM " + view)).as(view).containsExactly("[1, a]");
        }
        session.run("ALTER VIEW c.d.theirs AS SELECT id + 1 AS id, name FROM t")
                .run("ALTER VIEW p.d.ours RENAME TO renamed");
        assertThat(rows("SELECT * FROM p.d.theirs")).containsExactly("[2, a]");
        await().untilAsserted(() ->
                assertThat(session.column("SHOW VIEWS FROM c.d")).containsExactlyInAnyOrder("renamed", "theirs"));
        session.run("DROP VIEW c.d.theirs").run("DROP VIEW p.d.renamed").run("USE CATALOG c");
    }

    @Test
    void functionsAreStoredAlikeAndCalledAndAlteredByEach() throws Exception {
        paimons();
        String asClass = " AS '" + PlusOne.class.getName() + "'";
        session.run("CREATE FUNCTION c.d.ours" + asClass).run("CREATE FUNCTION p.d.theirs AS 'a.B'");
        session.run("ALTER FUNCTION c.d.theirs" + asClass);
        Function ours = other.getFunction(Identifier.create("d", "ours"));
        Function theirs = other.getFunction(Identifier.create("d", "theirs"));
        assertThat(ours.definitions().keySet()).isEqualTo(theirs.definitions().keySet());
        assertThat(theirs.definition("flink"))
                .isEqualTo(FunctionDefinition.file(List.of(), "JAVA", PlusOne.class.getName(), "theirs"));
        assertThat(ours.definition("flink"))
                .isEqualTo(FunctionDefinition.file(List.of(), "JAVA", PlusOne.class.getName(), "ours"));
        assertThat(rows("SELECT c.d.ours(1), c.d.theirs(1), p.d.ours(1), p.d.theirs(1)"))
                .containsExactly("[2, 2, 2, 2]");
        session.run("ALTER FUNCTION p.d.ours AS 'a.Other'");
        assertThat(other.getFunction(Identifier.create("d", "ours")).definition("flink"))
                .isEqualTo(FunctionDefinition.file(List.of(), "JAVA", "a.Other", "ours"));
        session.run("DROP FUNCTION p.d.ours").run("DROP FUNCTION c.d.theirs");
    }

    /**
     * Paimon 1.4.2's own catalog was made for an older Flink: it links against a class ({@code
     * IntervalFreshness$TimeUnit}) that Flink 2.3 does not have, and can neither make nor read materialized tables there.
     * What it would store is told by its options.
     */
    @Test
    void materializedTablesAreStoredUnderPaimonsOptions() throws Exception {
        FlinkCatalog paimons = paimons();
        ObjectPath path = new ObjectPath("d", "m");
        var catalog = session.environment().getCatalog("c").orElseThrow();
        ResolvedCatalogMaterializedTable definition = materializedTable();
        catalog.createTable(path, definition, false);
        assertThat(stored("m").options())
                .containsEntry("type", "materialized-table")
                .containsEntry("materialized-table.definition-query", "SELECT `t`.`id` FROM `c`.`d`.`t`")
                .containsEntry("materialized-table.interval-freshness", "3")
                .containsEntry("materialized-table.interval-freshness.time-unit", "MINUTE")
                .containsEntry("materialized-table.logical-refresh-mode", "AUTOMATIC")
                .containsEntry("materialized-table.refresh-mode", "CONTINUOUS")
                .containsEntry("materialized-table.refresh-status", "ACTIVATED")
                .containsEntry("materialized-table.refresh-handler-description", "a job")
                .containsEntry("materialized-table.refresh-handler-bytes", "AQID");
        CatalogMaterializedTable read = (CatalogMaterializedTable) catalog.getTable(path);
        assertThat(read.getExpandedQuery()).isEqualTo(definition.getExpandedQuery());
        assertThat(read.getDefinitionFreshness()).isEqualTo(IntervalFreshness.ofMinute(3));
        assertThat(read.getSerializedRefreshHandler()).containsExactly(1, 2, 3);
        assertThat(read.getOptions()).isEqualTo(Map.of("bucket", "-1"));
        assertThat(read.getComment()).isEqualTo("kept fresh");
        assertThatThrownBy(() -> paimons.getTable(path)).isInstanceOf(LinkageError.class);
    }

    private static ResolvedCatalogMaterializedTable materializedTable() {
        ResolvedSchema schema = ResolvedSchema.of(Column.physical("id", DataTypes.INT()));
        CatalogMaterializedTable definition = CatalogMaterializedTable.newBuilder()
                .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                .comment("kept fresh")
                .options(Map.of("bucket", "-1"))
                .originalQuery("SELECT id FROM t")
                .expandedQuery("SELECT `t`.`id` FROM `c`.`d`.`t`")
                .freshness(IntervalFreshness.ofMinute(3))
                .logicalRefreshMode(CatalogMaterializedTable.LogicalRefreshMode.AUTOMATIC)
                .refreshMode(CatalogMaterializedTable.RefreshMode.CONTINUOUS)
                .refreshStatus(CatalogMaterializedTable.RefreshStatus.ACTIVATED)
                .refreshHandlerDescription("a job")
                .serializedRefreshHandler(new byte[] {1, 2, 3})
                .build();
        return new ResolvedCatalogMaterializedTable(
                definition,
                schema,
                CatalogMaterializedTable.RefreshMode.CONTINUOUS,
                IntervalFreshness.ofMinute(3),
                StartMode.of(StartMode.StartModeKind.FROM_BEGINNING));
    }

    @Test
    void theStartModeOfAMaterializedTableIsNotChanged() throws Exception {
        ObjectPath path = new ObjectPath("d", "m");
        var catalog = session.environment().getCatalog("c").orElseThrow();
        catalog.createTable(path, materializedTable(), false);
        List<TableChange> changes =
                List.of(TableChange.modifyStartMode(StartMode.of(StartMode.StartModeKind.FROM_NOW)));
        assertThatThrownBy(() -> catalog.alterTable(path, materializedTable(), changes, false))
                .hasStackTraceContaining("The start mode of materialized table d.m cannot be changed");
    }

    @Test
    void aMaterializedTableWithAWordThatThisFlinkDoesNotKnowIsRefusedNamingIt() throws Exception {
        ObjectPath path = new ObjectPath("d", "m");
        var catalog = session.environment().getCatalog("c").orElseThrow();
        catalog.createTable(path, materializedTable(), false);
        other.alterTable(
                Identifier.create("d", "m"),
                SchemaChange.setOption("materialized-table.refresh-mode", "SOMETIMES"),
                false);
        await().untilAsserted(() -> assertThatThrownBy(() -> catalog.getTable(path))
                .hasStackTraceContaining("'materialized-table.refresh-mode' of the materialized table is 'SOMETIMES'"));
    }
}
