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

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.ModelNotExistException;
import org.junit.jupiter.api.Test;

/** Nothing of Flink's catalog is left to its defaults, most of which only say that they are not there. */
class CompleteCatalogTest extends CatalogFixture {

    /** Their defaults are what is meant. */
    private static final Set<String> GOOD_DEFAULTS =
            Set.of("dropDatabase(String,boolean)", "getFunctionDefinitionFactory()");

    @Test
    void everyMethodOfFlinksCatalogIsThere() {
        assertThat(Arrays.stream(Catalog.class.getMethods())
                        .filter(Method::isDefault)
                        .filter(method -> !GOOD_DEFAULTS.contains(signature(method)))
                        .filter(method -> !isOverridden(method))
                        .map(CompleteCatalogTest::signature))
                .isEmpty();
    }

    private static boolean isOverridden(Method method) {
        try {
            return !TrestleCatalog.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .isInterface();
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList()
                        .toString()
                        .replace('[', '(')
                        .replace(']', ')')
                        .replace(", ", ",");
    }

    @Test
    void modelsAreNoneAndCannotBeMade() throws Exception {
        Catalog catalog = session.environment().getCatalog("c").orElseThrow();
        ObjectPath model = new ObjectPath("d", "m");
        assertThat(catalog.listModels("d")).isEmpty();
        assertThat(session.column("SHOW MODELS")).isEmpty();
        assertThat(catalog.modelExists(model)).isFalse();
        assertThatThrownBy(() -> catalog.getModel(model)).isInstanceOf(ModelNotExistException.class);
        assertThatThrownBy(() -> catalog.dropModel(model, false)).isInstanceOf(ModelNotExistException.class);
        assertThatThrownBy(() -> catalog.renameModel(model, "n", false)).isInstanceOf(ModelNotExistException.class);
        assertThatThrownBy(() -> session.run("ALTER MODEL m SET ('k'='v')"))
                .hasStackTraceContaining("Model `c`.`d`.`m` doesn't exist");
        session.run("DROP MODEL IF EXISTS m");
        assertThatThrownBy(() -> session.run("CREATE MODEL m INPUT (a STRING) OUTPUT (b STRING) WITH ('provider'='x')"))
                .hasStackTraceContaining("CREATE TEMPORARY MODEL");
    }
}
