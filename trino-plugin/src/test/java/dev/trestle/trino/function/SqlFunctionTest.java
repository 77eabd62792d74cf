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
package dev.trestle.trino.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SqlFunctionTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void openSchema(TrestleQueryRunner shared) {
        runner = shared;
        sql = Sql.in(runner, "functions");
    }

    @Test
    void aFunctionIsCreatedUsedListedReplacedAndDropped() throws Exception {
        sql.run("CREATE FUNCTION lake.functions.twice(x bigint) RETURNS bigint RETURN x * 2");
        assertThat(sql.value("SELECT lake.functions.twice(21)")).isEqualTo(42L);
        assertThat(sql.rows("SHOW FUNCTIONS FROM lake.functions"))
                .extracting(List::getFirst)
                .contains("twice");
        try (RestCatalog other = runner.otherClient()) {
            assertThat(other.getFunction(Identifier.create("functions", "twice"))
                            .definitions())
                    .containsOnlyKeys("trino");
        }

        sql.run("CREATE OR REPLACE FUNCTION lake.functions.twice(x bigint) RETURNS bigint RETURN x + x + 1");
        assertThat(sql.value("SELECT lake.functions.twice(21)")).isEqualTo(43L);

        sql.run("DROP FUNCTION lake.functions.twice(bigint)");
        sql.failure("SELECT lake.functions.twice(21)").hasMessageContaining("twice");
    }

    @Test
    void anOverloadIsRefusedByName() {
        sql.run("CREATE FUNCTION lake.functions.one(x bigint) RETURNS bigint RETURN x");

        sql.failure("CREATE FUNCTION lake.functions.one(x varchar) RETURNS varchar RETURN x")
                .hasMessageContaining("Function functions.one exists with the parameters (bigint)")
                .hasMessageContaining("cannot be overloaded with (varchar)");
        sql.failure("CREATE FUNCTION lake.functions.one(x bigint) RETURNS bigint RETURN x")
                .hasMessageContaining("already exists");
        sql.failure("DROP FUNCTION lake.functions.one(varchar)").hasMessageContaining("Function not found");
    }

    @Test
    void theDefinitionOfAnotherEngineStaysBesideTrinos() throws Exception {
        Identifier shared = Identifier.create("functions", "shared");
        try (Catalog other = runner.otherClient()) {
            other.createFunction(
                    shared, new FunctionImpl(shared, Map.of("spark", FunctionDefinition.sql("x + 1"))), false);
        }
        sql.failure("SELECT lake.functions.shared(BIGINT '1')").hasMessageContaining("shared");

        sql.run("CREATE FUNCTION lake.functions.shared(x bigint) RETURNS bigint RETURN x + 1");
        assertThat(sql.value("SELECT lake.functions.shared(BIGINT '1')")).isEqualTo(2L);
        sql.run("DROP FUNCTION lake.functions.shared(bigint)");

        try (RestCatalog other = runner.otherClient()) {
            assertThat(other.getFunction(shared).definitions()).containsOnlyKeys("spark");
        }
    }
}
