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
package dev.trestle.spark.suites;

import dev.trestle.catalog.RestCatalog;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionImpl;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;

/** Spark's tests of SHOW FUNCTIONS, whose functions another client of the service makes: a FunctionCatalog only reads them. */
public class ShowFunctionsSuite extends org.apache.spark.sql.execution.command.v2.ShowFunctionsSuite {

    /** Of the functions. */
    static final String CATALOG = "fun_test_catalog";

    @Override
    public void createFunction(String name) {
        Identifier identifier = identifier(name);
        List<DataField> text = List.of(new DataField(0, "a", DataTypes.STRING()));
        FunctionDefinition same = FunctionDefinition.lambda("(String a) -> a", "JAVA");
        change(catalog -> catalog.createFunction(
                identifier,
                new FunctionImpl(identifier, text, text, true, Map.of("spark", same), null, Map.of()),
                false));
    }

    @Override
    public void dropFunction(String name) {
        change(catalog -> catalog.dropFunction(identifier(name), false));
    }

    private interface Change {
        void of(Catalog catalog) throws Exception;
    }

    private void change(Change change) {
        String key = "spark.sql.catalog." + CATALOG + ".";
        Map<String, String> options = Map.of(
                "uri", spark().conf().get(key + "uri"),
                "warehouse", spark().conf().get(key + "warehouse"));
        try (Catalog catalog = RestCatalog.open(options)) {
            change.of(catalog);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Identifier identifier(String name) {
        String[] parts = name.split("\\.");
        return Identifier.create(parts[1], parts[2]);
    }
}
