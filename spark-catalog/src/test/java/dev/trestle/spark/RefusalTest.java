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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a catalog's options or its service is told, and no secret with it. */
class RefusalTest extends SharedCatalogFixture {

    private static final String SECRET = "s3cr3t-value";

    private void refused(Map<String, String> changes, String... words) {
        Map<String, String> wrong = new HashMap<>(options());
        wrong.put("token", SECRET);
        wrong.putAll(changes);
        wrong.values().removeIf(String::isEmpty);
        assertThatThrownBy(() -> SparkTestSession.open(wrong).rows("SHOW DATABASES"))
                .satisfies(thrown -> assertThat(trace(thrown)).contains(words).doesNotContain(SECRET));
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void anUnknownOptionIsNamedWithTheNearestOne() {
        refused(Map.of("warehose", "wh"), "warehose", "warehouse");
    }

    @Test
    void aValueOfTheWrongTypeIsNamed() {
        refused(Map.of("http.max-attempts", "many"), "http.max-attempts", "many");
        refused(Map.of("default-database", " "), "default-database");
    }

    @Test
    void aMissingUriIsNamed() {
        refused(Map.of("uri", ""), "uri");
    }

    @Test
    void aWrongOrMissingTokenIsToldWithoutTheToken() {
        refused(Map.of(), "401");
        refused(Map.of("token", ""), "token");
    }

    @Test
    void aServiceThatIsDownIsNamed() {
        refused(Map.of("uri", "http://127.0.0.1:1", "http.max-attempts", "1"), "127.0.0.1:1");
    }

    @Test
    void whatStatementsShowHasNoSecret() {
        run("CREATE TABLE t (id INT)");

        for (String statement : new String[] {
            "EXPLAIN EXTENDED SELECT * FROM t",
            "EXPLAIN FORMATTED INSERT INTO t VALUES (1)",
            "SHOW TBLPROPERTIES t",
            "DESCRIBE EXTENDED t",
            "SHOW CREATE TABLE t",
            "SELECT * FROM `t$options`",
            "SELECT * FROM sys.catalog_options"
        }) {
            assertThat(rows(statement).toString()).as(statement).doesNotContain(TOKEN);
        }
    }

    @Test
    void tablesOfOtherSystemsAreRefused() {
        for (String type : new String[] {"iceberg-table", "lance-table", "object-table", "nonsense"}) {
            assertThatThrownBy(() -> run("CREATE TABLE k (id INT) TBLPROPERTIES ('type'='" + type + "')"))
                    .hasMessageContaining(type);
        }
        assertThat(session.column("SHOW TABLES LIKE 'k'")).isEmpty();
    }
}
