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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest extends CatalogFixture {

    private static final String SECRET = "s3cr3t-value";

    /**
     * The token is given as a reference: what Flink itself prints of a statement is out of a catalog's hands. Of a chain
     * of causes Flink's own clients show the innermost one, so that one has to say it.
     */
    private void refused(Map<String, String> changes, String... words) throws IOException {
        Path file = Files.writeString(warehouse.resolve("token"), SECRET);
        Map<String, String> wrong = new HashMap<>(options());
        wrong.put("token", "${file:" + file + "}");
        wrong.putAll(changes);
        wrong.values().removeIf(String::isEmpty);
        assertThatThrownBy(() -> FlinkSession.batch().useCatalog("wrong", wrong))
                .satisfies(thrown ->
                        assertThat(ExceptionUtils.getStackTrace(thrown)).doesNotContain(SECRET))
                .rootCause()
                .message()
                .contains(words);
    }

    @Test
    void anUnknownOptionIsNamedWithTheNearestOne() throws IOException {
        refused(Map.of("warehose", "wh"), "warehose", "warehouse");
    }

    @Test
    void aValueOfTheWrongTypeIsNamed() throws IOException {
        refused(Map.of("http.max-attempts", "many"), "http.max-attempts", "many");
        refused(Map.of("http.call-timeout", "soon"), "http.call-timeout");
        refused(Map.of("disable-create-table-in-default-db", "maybe"), "disable-create-table-in-default-db");
        refused(Map.of("default-database", " "), "default-database");
    }

    @Test
    void aMissingUriIsNamed() throws IOException {
        refused(Map.of("uri", ""), "uri");
    }

    @Test
    void aWrongTokenIsToldWithoutTheToken() throws IOException {
        refused(Map.of(), "401");
    }

    @Test
    void aServerThatIsDownIsNamed() throws IOException {
        refused(Map.of("uri", "http://127.0.0.1:1", "http.max-attempts", "1"), "127.0.0.1:1");
    }

    @Test
    void statementsFailWhenTheServerIsDownAndNameTheirObject() {
        session.run("CREATE TABLE t (id INT)");
        server.close();
        assertThatThrownBy(() -> session.run("CREATE TABLE u (id INT)"))
                .satisfies(thrown -> assertThat(ExceptionUtils.getStackTrace(thrown))
                        .contains("d.u")
                        .doesNotContain(TOKEN));
        assertThatThrownBy(() -> session.sql("SHOW TABLES")).hasStackTraceContaining("database d");
    }

    @Test
    void tablesOfOtherSystemsAreRefusedWithWhatToDoInstead() {
        assertThatThrownBy(() -> session.run("CREATE TABLE k (id INT) WITH ('connector'='kafka')"))
                .hasStackTraceContaining("CREATE TEMPORARY TABLE");
        for (String type : new String[] {"iceberg-table", "lance-table", "object-table", "nonsense"}) {
            assertThatThrownBy(() -> session.run("CREATE TABLE k (id INT) WITH ('type'='" + type + "')"))
                    .hasStackTraceContaining("Leave the option out to create a Paimon table");
        }
        assertThat(session.column("SHOW TABLES")).isEmpty();
        session.run("CREATE TABLE mine (id INT) WITH ('connector'='paimon')");
        assertThat(session.column("SHOW TABLES")).containsExactly("mine");
    }

    @Test
    void whatThisCatalogDoesNotHoldIsRefusedWithWhatToDoInstead() {
        session.run("CREATE TABLE t (id INT)");
        assertThatThrownBy(() -> session.run("CREATE MODEL m INPUT (a STRING) OUTPUT (b STRING) WITH ('provider'='x')"))
                .hasStackTraceContaining("CREATE TEMPORARY MODEL");
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD PARTITION (id=1)"))
                .hasStackTraceContaining("is not partitioned");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BITMAP                       | use BYTES",
                "ARRAY<BITMAP>                | use BYTES",
                "ROW<x ROW<y BITMAP>>         | c.x.y",
                "STRUCTURED<'a.B', x INT>     | use ROW",
            })
    void aTypeWithoutAHomeIsRefusedWithWhatToUse(String type, String instead) {
        assertThatThrownBy(() -> session.run("CREATE TABLE x (c " + type + ")"))
                .hasStackTraceContaining(instead)
                .hasStackTraceContaining("which a Paimon table cannot hold");
        session.run("CREATE TABLE t (id INT)");
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD c " + type)).hasStackTraceContaining(instead);
        assertThat(session.column("SHOW TABLES")).containsExactly("t");
    }

    @Test
    void distributionThatPaimonDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> session.run("CREATE TABLE t (id INT) DISTRIBUTED BY RANGE(id) INTO 3 BUCKETS"))
                .hasStackTraceContaining("DISTRIBUTED BY HASH");
        assertThatThrownBy(() -> session.run("CREATE TABLE t (id INT) DISTRIBUTED BY HASH(id)"))
                .hasStackTraceContaining("INTO n BUCKETS");
        assertThatThrownBy(() -> session.run(
                        "CREATE TABLE t (id INT) DISTRIBUTED BY HASH(id) INTO 3 BUCKETS WITH ('bucket'='4')"))
                .hasStackTraceContaining("Give one of the two");
    }

    @Test
    void tablesInTheDefaultDatabaseCanBeForbidden() {
        Map<String, String> strict = new HashMap<>(options());
        strict.put("disable-create-table-in-default-db", "true");
        session.useCatalog("strict", strict);
        assertThatThrownBy(() -> session.run("CREATE TABLE t (id INT)"))
                .hasStackTraceContaining("Create it in another database");
        session.run("CREATE TABLE d.t (id INT)");
    }

    @Test
    void updatesThatPaimonCannotDoAreRefusedAndChangeNothing() {
        session.run("CREATE TABLE t (id INT, v INT)").run("INSERT INTO t VALUES (1, 2)");
        assertThatThrownBy(() -> session.run("UPDATE t SET v = 3 WHERE id = 1")).hasStackTraceContaining("primary key");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, 2]");
    }
}
