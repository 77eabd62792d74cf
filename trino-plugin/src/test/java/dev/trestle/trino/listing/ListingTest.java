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
package dev.trestle.trino.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand tables, one of them with a column that has no name, which Trino refuses to describe. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListingTest {

    private static final int TABLES = 10_000;

    private Sql sql;

    @BeforeAll
    void registerTables(TrestleQueryRunner runner) throws Exception {
        sql = Sql.in(runner, "many");
        try (Catalog other = runner.otherClient()) {
            other.createTable(
                    Identifier.create("many", "t00000"),
                    Schema.newBuilder()
                            .column("a", DataTypes.INT())
                            .column("b", DataTypes.STRING())
                            .option("type", "format-table")
                            .option("file.format", "csv")
                            .comment("one of many")
                            .build(),
                    false);
        }
        registerCopies(runner.server().server().warehouse());
        sql.run("CREATE VIEW a_view COMMENT 'of many' AS SELECT 1 AS x");
    }

    /** Into the server's own database, since a format table has no files: ten thousand creations would take minutes. */
    private static void registerCopies(String warehouse) throws Exception {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) ";
        try (Connection database = DriverManager.getConnection(
                "jdbc:sqlite:" + warehouse.replaceFirst("^file:", "") + "/trestle-catalog.db?busy_timeout=30000")) {
            database.setAutoCommit(false);
            update(
                    database,
                    "INSERT INTO tables (id, database_id, name, type, path, is_external, owner, created_at, created_by,"
                            + " updated_at, updated_by) " + numbers
                            + "SELECT 'many' || i, database_id, printf('t%05d', i), type, path || i, is_external,"
                            + " owner, created_at, created_by, updated_at, updated_by FROM tables, n WHERE name ="
                            + " 't00000'");
            update(
                    database,
                    "INSERT INTO table_schemas (table_id, schema) " + numbers
                            + "SELECT 'many' || i, schema FROM table_schemas s JOIN tables t ON s.table_id = t.id, n"
                            + " WHERE t.name = 't00000'");
            try (PreparedStatement breaking = database.prepareStatement(
                    "UPDATE table_schemas SET schema = replace(schema, '\"name\":\"a\"', '\"name\":\"\"')"
                            + " WHERE table_id = 'many5'")) {
                breaking.executeUpdate();
            }
            database.commit();
        }
    }

    private static void update(Connection database, String statement) throws Exception {
        try (PreparedStatement update = database.prepareStatement(statement)) {
            update.setInt(1, TABLES - 1);
            update.executeUpdate();
        }
    }

    private static long sum(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void columnsOfTenThousandTablesCostAtMost110CallsAndOneBrokenTableHidesNoOther() {
        Map<String, Long> calls = sql.calls(
                "SELECT count(DISTINCT table_name) FROM information_schema.columns" + " WHERE table_schema = 'many'");

        assertThat(sum(calls)).as("%s", calls).isLessThanOrEqualTo(110);
        assertThat(calls).doesNotContainKey("getTable");
        long allButTheBrokenOneAndTheView = TABLES - 1 + 1;
        assertThat(sql.value("SELECT count(DISTINCT table_name) FROM information_schema.columns"
                        + " WHERE table_schema = 'many'"))
                .isEqualTo(allButTheBrokenOneAndTheView);
    }

    @Test
    void commentsOfAllTablesComeInPages() {
        Map<String, Long> calls = sql.calls("SELECT count(*) FROM system.metadata.table_comments"
                + " WHERE catalog_name = 'lake' AND schema_name = 'many' AND comment = 'one of many'");

        assertThat(sum(calls)).as("%s", calls).isLessThanOrEqualTo(110);
        assertThat(sql.value("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'lake'"
                        + " AND schema_name = 'many' AND table_name = 'a_view'"))
                .isEqualTo("of many");
    }

    @Test
    void showTablesListsNamesAlone() {
        Map<String, Long> calls = sql.calls("SHOW TABLES FROM many");

        assertThat(calls).containsOnlyKeys("getDatabase", "listTables", "listViews");
        assertThat(sql.rows("SHOW TABLES FROM many")).hasSize(TABLES + 1);
    }

    @Test
    void showSchemasIsOneListing() {
        assertThat(sql.calls("SHOW SCHEMAS")).containsOnlyKeys("listDatabases").containsValue(1L);
    }
}
