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

import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.junit.jupiter.api.Test;

/** Columns whose defaults another engine has set: Flink's SQL has none, and Paimon's writers put them in the place of NULL. */
class DefaultValuesTest extends CatalogFixture {

    /** With a row whose {@code v} is NULL, which is older than the default. */
    private void makeTable(String with) throws Exception {
        session.run("CREATE TABLE t (id INT, name STRING, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH (" + with + ")")
                .run("INSERT INTO t VALUES (1, 'a', CAST(NULL AS INT)), (2, 'b', 2)");
        other.alterTable(
                Identifier.create("d", "t"),
                List.of(SchemaChange.updateColumnDefaultValue(new String[] {"v"}, "7")),
                false);
        await().untilAsserted(() -> {
            session.run("INSERT INTO t VALUES (3, 'c', CAST(NULL AS INT))");
            assertThat(rows("SELECT v FROM t WHERE id = 3")).containsExactly("[7]");
        });
    }

    @Test
    void anUpdateOfAnotherColumnKeepsNull() throws Exception {
        makeTable("'bucket'='1'");

        session.run("UPDATE t SET name = 'z' WHERE id <> 2");

        assertThat(rows("SELECT * FROM t")).containsExactlyInAnyOrder("[1, z, null]", "[2, b, 2]", "[3, z, 7]");
    }

    @Test
    void aColumnIsUpdatedToNull() throws Exception {
        makeTable("'bucket'='1'");

        session.run("UPDATE t SET v = CAST(NULL AS INT) WHERE id = 2");

        assertThat(rows("SELECT * FROM t WHERE id = 2")).containsExactly("[2, b, null]");
    }

    @Test
    void aDeletedRowIsThatWhichWasThereInTheChangelogToo() throws Exception {
        makeTable("'bucket'='1', 'changelog-producer'='input'");

        session.run("DELETE FROM t WHERE name = 'a'");

        assertThat(rows("SELECT * FROM t")).containsExactlyInAnyOrder("[2, b, 2]", "[3, c, 7]");
        long latest = stored("t").latestSnapshot().orElseThrow().id();
        assertThat(rows("SELECT id, v FROM t$audit_log /*+ OPTIONS('incremental-between'='1," + latest
                        + "', 'incremental-between-scan-mode'='changelog') */ WHERE rowkind = '-D'"))
                .containsExactly("[1, null]");
    }
}
