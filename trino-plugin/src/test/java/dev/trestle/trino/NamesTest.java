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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NamesTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void makeNamesOfAnotherEngine(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        sql = Sql.in(runner, "names");
        Schema columns = Schema.newBuilder()
                .column("Id", DataTypes.INT())
                .option("bucket", "-1")
                .build();
        try (Catalog other = runner.otherClient()) {
            other.createTable(Identifier.create("names", "Orders"), columns, false);
            other.createTable(Identifier.create("names", "Twice"), columns, false);
            other.createTable(Identifier.create("names", "TWICE"), columns, false);
            other.createDatabase("Mixed", false);
            other.createTable(Identifier.create("Mixed", "Things"), columns, false);
            other.createTable(Identifier.create("Mixed", "plain"), columns, false);
        }
    }

    @Test
    void aNameInMixedCaseIsFoundWithOneListing() {
        Map<String, Long> calls = sql.calls("SELECT id FROM orders");

        assertThat(calls).containsEntry("listTables", 1L);
        assertThat(sql.rows("SHOW TABLES LIKE 'orders'")).containsExactly(List.of("orders"));
    }

    @Test
    void anAmbiguousNameIsRefusedWithBothNames() {
        sql.failure("SELECT * FROM twice").hasMessageContaining("'TWICE' and 'Twice'");
    }

    @Test
    void aSchemaInMixedCaseIsUsedByItsFoldedName() {
        assertThat(sql.rows("SELECT id FROM mixed.things")).isEmpty();
        assertThat(sql.rows("SELECT id FROM mixed.plain")).isEmpty();
        assertThat(sql.rows("SHOW TABLES FROM mixed")).containsExactlyInAnyOrder(List.of("things"), List.of("plain"));

        sql.run("CREATE TABLE mixed.made (a integer)");
        sql.run("ALTER TABLE mixed.things RENAME TO mixed.renamed");
        sql.run("ALTER TABLE mixed.renamed ADD COLUMN b integer");
        assertThat(sql.rows("SHOW TABLES FROM mixed"))
                .containsExactlyInAnyOrder(List.of("made"), List.of("plain"), List.of("renamed"));
    }

    @Test
    void aFunctionOfASchemaInMixedCaseIsUsedByItsFoldedName() {
        sql.run("CREATE FUNCTION lake.mixed.once(x bigint) RETURNS bigint RETURN x");
        assertThat(sql.value("SELECT lake.mixed.once(7)")).isEqualTo(7L);

        sql.run("CREATE OR REPLACE FUNCTION lake.mixed.once(x bigint) RETURNS bigint RETURN x + 1");
        assertThat(sql.value("SELECT lake.mixed.once(7)")).isEqualTo(8L);

        sql.run("DROP FUNCTION lake.mixed.once(bigint)");
        assertThat(sql.rows("SHOW FUNCTIONS FROM lake.mixed")).isEmpty();
    }

    @Test
    void aViewOfASchemaInMixedCaseIsUsedByItsFoldedName() {
        sql.run("CREATE VIEW mixed.seen AS SELECT 1 AS x");
        sql.run("CREATE OR REPLACE VIEW mixed.seen AS SELECT 2 AS x");
        assertThat(sql.value("SELECT x FROM mixed.seen")).isEqualTo(2);

        sql.run("ALTER VIEW mixed.seen RENAME TO mixed.shown");
        sql.run("DROP VIEW mixed.shown");
        assertThat(sql.rows("SHOW TABLES FROM mixed LIKE 'shown'")).isEmpty();
    }

    @Test
    void theServiceIsNotAskedForNamesThatTrinoGuesses() {
        assertThat(sql.calls("SHOW TABLES FROM information_schema")).doesNotContainKeys("getDatabase", "getTable");
        runner.server().server().resetCallCounts();
        sql.failure("SELECT * FROM lake.system.no_such").hasMessageContaining("Schema 'system' does not exist");
        assertThat(runner.server().server().callCounts()).isEmpty();
    }
}
