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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionImpl;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.junit.jupiter.api.Test;

class FunctionsTest extends SharedCatalogFixture {

    private void function(String name, DataType type, DataType result, String dialect, FunctionDefinition definition)
            throws Exception {
        Identifier identifier = Identifier.create("d", name);
        other.createFunction(
                identifier,
                new FunctionImpl(
                        identifier,
                        List.of(new DataField(0, "a", type), new DataField(1, "b", type)),
                        List.of(new DataField(0, "result", result)),
                        true,
                        Map.of(dialect, definition),
                        null,
                        Map.of()),
                false);
    }

    private void lambda(String name, DataType type, DataType result, String lambda) throws Exception {
        function(name, type, result, "spark", FunctionDefinition.lambda(lambda, "JAVA"));
    }

    @Test
    void aLambdaIsRun() throws Exception {
        lambda("area", DataTypes.INT(), DataTypes.INT(), "(Integer length, Integer width) -> length * width");
        run("CREATE TABLE boxes (l INT, w INT)").run("INSERT INTO boxes VALUES (2, 3), (4, 5)");

        assertThat(rows("SELECT d.area(l, w) FROM boxes ORDER BY l")).containsExactly("[6]", "[20]");
    }

    @Test
    void aLambdaTakesStringsDecimalsAndNulls() throws Exception {
        lambda("joined", DataTypes.STRING(), DataTypes.STRING(), "(String a, String b) -> { return a + \"/\" + b; }");
        lambda(
                "sum_of",
                DataTypes.DECIMAL(10, 2),
                DataTypes.DECIMAL(11, 2),
                "(java.math.BigDecimal a, java.math.BigDecimal b) -> b == null ? a : a.add(b)");

        assertThat(rows("SELECT d.joined('x', 'y'), d.sum_of(1.50, 2.25), d.sum_of(1.50, NULL)"))
                .containsExactly("[x/y,3.75,1.50]");
    }

    @Test
    void aClassOfSparksIsRun() throws Exception {
        function(
                "hashed",
                DataTypes.INT(),
                DataTypes.INT(),
                "spark",
                FunctionDefinition.file(List.of(), "JAVA", "dev.trestle.spark.write.BucketFunction", "bucket"));

        assertThat(rows("SELECT d.hashed(1, 7)")).containsExactly("[0]");
    }

    @Test
    void functionsAreListed() throws Exception {
        lambda("listed", DataTypes.INT(), DataTypes.INT(), "(Integer a, Integer b) -> a");
        FunctionCatalog catalog = (FunctionCatalog)
                session.spark().sessionState().catalogManager().catalog(session.catalog());

        assertThat(catalog.listFunctions(new String[] {"d"}))
                .extracting(org.apache.spark.sql.connector.catalog.Identifier::name)
                .contains("listed");
    }

    @Test
    void aFunctionOfAnotherEngineIsRefusedNamingItsDialects() throws Exception {
        function("flinks", DataTypes.INT(), DataTypes.INT(), "flink", FunctionDefinition.sql("a + b"));

        assertThatThrownBy(() -> rows("SELECT d.flinks(1, 2)"))
                .hasMessageContaining("Function d.flinks cannot be run by Spark: it has no definition for 'spark', only"
                        + " for 'flink'");
    }

    @Test
    void aFunctionInSqlIsRefused() throws Exception {
        function("sqls", DataTypes.INT(), DataTypes.INT(), "spark", FunctionDefinition.sql("a + b"));

        assertThatThrownBy(() -> rows("SELECT d.sqls(1, 2)"))
                .hasMessageContaining("Spark takes no SQL functions from a catalog");
    }

    @Test
    void aLambdaThatIsNoJavaIsAnErrorOfTheStatement() throws Exception {
        lambda("broken", DataTypes.INT(), DataTypes.INT(), "(Integer a, Integer b) -> a +");

        assertThatThrownBy(() -> rows("SELECT d.broken(1, 2)"))
                .hasMessageContaining("Function d.broken cannot be run by Spark: its lambda cannot be compiled");
    }

    @Test
    void aFunctionThatIsNowhereIsSparksError() {
        assertThatThrownBy(() -> rows("SELECT d.nothing(1)")).hasMessageContaining("UNRESOLVED_ROUTINE");
    }
}
