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
package dev.trestle.trino.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SchemaDdlTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void openSchema(TrestleQueryRunner shared) {
        runner = shared;
        sql = Sql.in(runner, "schema_ddl");
    }

    @Test
    void whatShowCreateSchemaSaysMakesTheSameSchema() throws Exception {
        sql.run("CREATE SCHEMA shown WITH (comment = 'for tests', options = MAP(ARRAY['team', 'x.y'], ARRAY['a',"
                + " 'b']))");
        String shown = (String) sql.value("SHOW CREATE SCHEMA shown");
        try (RestCatalog other = runner.otherClient()) {
            assertThat(other.getDatabase("shown").options())
                    .containsEntry("team", "a")
                    .containsEntry("x.y", "b");
        }

        sql.run("DROP SCHEMA shown");
        sql.run(shown);

        assertThat(shown).contains("comment = 'for tests'").contains("option_list = ARRAY['team=a','x.y=b']");
        assertThat(sql.value("SHOW CREATE SCHEMA shown")).isEqualTo(shown);
    }

    @Test
    void aSecretAmongTheOptionsIsNotShown() {
        sql.run("CREATE SCHEMA keyed WITH (options = MAP(ARRAY['my.password'], ARRAY['hunter2']))");
        String shown = (String) sql.value("SHOW CREATE SCHEMA keyed");

        assertThat(shown).contains("'my.password=******'");
        sql.run("DROP SCHEMA keyed");
        sql.failure(shown).hasMessageContaining("Option 'my.password' cannot be '******'");
    }

    @Test
    void aSchemaThatIsThereIsNotMadeAgain() {
        sql.run("CREATE SCHEMA twice");

        sql.failure("CREATE SCHEMA twice").hasMessageContaining("already exists");
        sql.run("CREATE SCHEMA IF NOT EXISTS twice");
        assertThat(sql.rows("SHOW SCHEMAS LIKE 'twice'")).containsExactly(List.of("twice"));
    }

    @Test
    void aSchemaWithATableIsDroppedByCascadeOnly() {
        sql.run("CREATE SCHEMA packed");
        sql.run("CREATE TABLE packed.t (a integer)");

        sql.failure("DROP SCHEMA packed").hasMessageContaining("Cannot drop non-empty schema 'packed'");
        sql.failure("DROP SCHEMA packed RESTRICT").hasMessageContaining("non-empty");
        assertThat(sql.rows("SHOW TABLES FROM packed")).hasSize(1);

        sql.run("DROP SCHEMA packed CASCADE");
        assertThat(sql.rows("SHOW SCHEMAS LIKE 'packed'")).isEmpty();
        sql.failure("DROP SCHEMA packed").hasMessageContaining("does not exist");
    }

    @Test
    void anOptionThatTheServiceSetsIsRefusedByName() {
        sql.failure("CREATE SCHEMA x WITH (options = MAP(ARRAY['owner'], ARRAY['me']))")
                .hasMessageContaining("Option 'owner' is set by the service alone");
    }

    @Test
    void aSchemaForSomebodyElseIsRefused() {
        sql.failure("CREATE SCHEMA for_bob AUTHORIZATION USER bob")
                .hasMessageContaining("for_bob cannot be made for USER bob")
                .hasMessageContaining("Leave out AUTHORIZATION");
        assertThat(sql.rows("SHOW SCHEMAS LIKE 'for_bob'")).isEmpty();

        sql.run("CREATE SCHEMA for_oneself AUTHORIZATION USER \"user\"");
    }
}
