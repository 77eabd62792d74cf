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
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionDefinition.FunctionFileResource;
import org.apache.paimon.function.FunctionImpl;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Functions. */
public abstract class FunctionSuite extends CatalogSuite {

    private static final List<DataField> INPUT = List.of(new DataField(0, "x", DataTypes.INT(), "a number"));
    private static final List<DataField> OUTPUT = List.of(new DataField(0, "y", DataTypes.BIGINT()));
    private static final Map<String, FunctionDefinition> DEFINITIONS = Map.of(
            "flink",
            FunctionDefinition.file(
                    List.of(new FunctionFileResource("jar", "/lib/a.jar")), "JAVA", "com.example.PlusOne", "plusOne"),
            "spark",
            FunctionDefinition.lambda("(Integer x) -> x + 1", "JAVA"),
            "trino",
            FunctionDefinition.sql("x + 1"));

    private Function function(String name) {
        return new FunctionImpl(id(name), INPUT, OUTPUT, true, DEFINITIONS, "what it is for", Map.of("o", "1"));
    }

    private void create(String... names) throws Exception {
        for (String name : names) {
            catalog().createFunction(id(name), function(name), false);
        }
    }

    @Test
    void keepsAFunction() throws Exception {
        create("f");

        Function found = catalog().getFunction(id("f"));

        assertThat(found.name()).isEqualTo("f");
        assertThat(found.inputParams()).contains(INPUT);
        assertThat(found.returnParams()).contains(OUTPUT);
        assertThat(found.isDeterministic()).isTrue();
        assertThat(found.definitions()).isEqualTo(DEFINITIONS);
        assertThat(found.comment()).isEqualTo("what it is for");
        assertThat(found.options()).containsEntry("o", "1");
    }

    @Test
    void keepsAFunctionThatIsLittleMoreThanItsName() throws Exception {
        catalog()
                .createFunction(id("f"), new FunctionImpl(id("f"), null, null, false, Map.of(), null, Map.of()), false);

        Function found = catalog().getFunction(id("f"));
        assertThat(found.isDeterministic()).isFalse();
        assertThat(found.inputParams()).isEmpty();
        assertThat(found.comment()).isNull();
    }

    @Test
    void refusesAFunctionThatExists() throws Exception {
        create("f");

        assertThatThrownBy(() -> create("f")).isInstanceOf(Catalog.FunctionAlreadyExistException.class);
        catalog().createFunction(id("f"), new FunctionImpl(id("f"), Map.of()), true);
        assertThat(catalog().getFunction(id("f")).definitions()).isEqualTo(DEFINITIONS);
    }

    @Test
    void doesNotFindAFunctionThatIsNotThere() throws Exception {
        List<FunctionChange> change = List.of(FunctionChange.setOption("a", "b"));

        assertThatThrownBy(() -> catalog().getFunction(id("f"))).isInstanceOf(Catalog.FunctionNotExistException.class);
        assertThatThrownBy(() -> catalog().alterFunction(id("f"), change, false))
                .isInstanceOf(Catalog.FunctionNotExistException.class);
        assertThatThrownBy(() -> catalog().dropFunction(id("f"), false))
                .isInstanceOf(Catalog.FunctionNotExistException.class);
        catalog().alterFunction(id("f"), change, true);
        catalog().dropFunction(id("f"), true);
    }

    @Test
    void doesNotFindTheDatabaseOfAFunction() {
        needs(Ability.CHECKS_DATABASES_OF_VIEWS);
        Identifier nowhere = Identifier.create("nope", "f");

        assertThatThrownBy(() -> catalog().createFunction(nowhere, function("f"), false))
                .isInstanceOf(Catalog.DatabaseNotExistException.class);
        assertThatThrownBy(() -> catalog().listFunctions("nope")).isInstanceOf(Catalog.DatabaseNotExistException.class);
        assertThatThrownBy(() -> catalog().getFunction(nowhere)).isInstanceOf(Catalog.FunctionNotExistException.class);
    }

    @Test
    void pagesThroughFunctionsByPattern() throws Exception {
        create("a1", "a2", "a3", "b1");

        assertThat(catalog().listFunctions(database())).containsExactlyInAnyOrder("a1", "a2", "a3", "b1");
        assertThat(pages(token -> catalog().listFunctionsPaged(database(), 2, token, "a%")))
                .containsExactly("a1", "a2", "a3");
    }

    @Test
    void listsFunctionsWithTheirDetails() throws Exception {
        create("a1", "a2", "b1");

        PagedList<Function> page = catalog().listFunctionDetailsPaged(database(), 10, null, "a%");

        assertThat(page.getElements()).extracting(Function::name).containsExactlyInAnyOrder("a1", "a2");
        assertThat(page.getElements())
                .allSatisfy(found -> assertThat(found.definitions()).isEqualTo(DEFINITIONS));
    }

    @Test
    void listsFunctionsOfAllDatabases() throws Exception {
        String other = database() + "2";
        catalog().createDatabase(other, false);
        create("a1", "b1");
        catalog().createFunction(Identifier.create(other, "a2"), function("a2"), false);

        assertThat(pages(token -> catalog().listFunctionsPagedGlobally(database() + "%", "a%", 1, token)))
                .containsExactlyInAnyOrder(id("a1"), Identifier.create(other, "a2"));
    }

    @Test
    void altersAFunction() throws Exception {
        create("f");

        catalog()
                .alterFunction(
                        id("f"),
                        List.of(
                                FunctionChange.setOption("p", "2"),
                                FunctionChange.removeOption("o"),
                                FunctionChange.updateComment("another comment"),
                                FunctionChange.addDefinition("other", FunctionDefinition.sql("x + 2")),
                                FunctionChange.updateDefinition("trino", FunctionDefinition.sql("x + 3")),
                                FunctionChange.dropDefinition("spark")),
                        false);

        Function found = catalog().getFunction(id("f"));
        assertThat(found.options()).containsEntry("p", "2").doesNotContainKey("o");
        assertThat(found.comment()).isEqualTo("another comment");
        assertThat(found.definitions())
                .containsOnly(
                        Map.entry("flink", DEFINITIONS.get("flink")),
                        Map.entry("other", FunctionDefinition.sql("x + 2")),
                        Map.entry("trino", FunctionDefinition.sql("x + 3")));
        assertThat(found.inputParams()).contains(INPUT);
    }

    @Test
    void refusesAChangeOfADefinitionWhole() throws Exception {
        create("f");
        FunctionChange good = FunctionChange.setOption("p", "2");
        FunctionDefinition sql = FunctionDefinition.sql("1");

        assertThatThrownBy(() -> catalog()
                        .alterFunction(id("f"), List.of(good, FunctionChange.addDefinition("trino", sql)), false))
                .isInstanceOf(Catalog.DefinitionAlreadyExistException.class);
        assertThatThrownBy(() -> catalog()
                        .alterFunction(id("f"), List.of(good, FunctionChange.updateDefinition("nope", sql)), false))
                .isInstanceOf(Catalog.DefinitionNotExistException.class);
        assertThatThrownBy(() ->
                        catalog().alterFunction(id("f"), List.of(good, FunctionChange.dropDefinition("nope")), true))
                .isInstanceOf(Catalog.DefinitionNotExistException.class);
        assertThat(catalog().getFunction(id("f")).options()).doesNotContainKey("p");
    }

    @Test
    void dropsAFunction() throws Exception {
        create("f");

        catalog().dropFunction(id("f"), false);

        assertThat(catalog().listFunctions(database())).isEmpty();
        create("f");
    }

    @Test
    void letsAFunctionAndATableHaveOneName() throws Exception {
        createTable("t");
        create("t");

        assertThat(catalog().getFunction(id("t")).name()).isEqualTo("t");
        assertThat(catalog().getTable(id("t")).name()).isEqualTo("t");
    }

    @Test
    void dropsFunctionsWithTheirDatabase() throws Exception {
        needs(Ability.DROPS_TABLES_WITH_DATABASE);
        create("f");

        catalog().dropDatabase(database(), false, true);
        catalog().createDatabase(database(), false);

        assertThat(catalog().listFunctions(database())).isEmpty();
    }
}
