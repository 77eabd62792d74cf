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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.junit.jupiter.api.Test;

class DatabaseStatementsTest extends CatalogFixture {

    private CatalogDatabase load(String database) throws Exception {
        return session.environment().getCatalog("c").orElseThrow().getDatabase(database);
    }

    @Test
    void theDefaultDatabaseIsMade() {
        assertThat(session.column("SHOW DATABASES")).containsExactlyInAnyOrder("d", "default");
    }

    @Test
    void anotherDefaultDatabaseIsMadeAndCurrentAfterUseCatalog() throws Exception {
        Map<String, String> named = new HashMap<>(options());
        named.put("default-database", "mine");

        session.useCatalog("e", named);

        assertThat(session.column("SHOW CURRENT DATABASE")).containsExactly("mine");
        assertThat(other.listDatabases()).contains("mine");
    }

    @Test
    void aDatabaseKeepsItsCommentAndProperties() throws Exception {
        session.run("CREATE DATABASE e COMMENT 'mine' WITH ('k'='v')");
        assertThat(load("e").getDescription()).contains("mine");
        assertThat(load("e").getProperties()).containsEntry("k", "v").doesNotContainKey("comment");
        assertThat(other.getDatabase("e").options()).containsEntry("k", "v");
    }

    @Test
    void alteringSetsPropertiesAndKeepsTheOthers() throws Exception {
        session.run("CREATE DATABASE e COMMENT 'mine' WITH ('k'='v', 'l'='w')")
                .run("ALTER DATABASE e SET ('k'='v2', 'm'='x')");
        assertThat(load("e").getProperties())
                .containsEntry("k", "v2")
                .containsEntry("l", "w")
                .containsEntry("m", "x");
        assertThat(load("e").getDescription()).contains("mine");
    }

    @Test
    void aDatabaseThatIsThereIsAnErrorUnlessAsked() {
        session.run("CREATE DATABASE IF NOT EXISTS d");
        assertThatThrownBy(() -> session.run("CREATE DATABASE d")).hasStackTraceContaining("already exists");
        session.run("DROP DATABASE IF EXISTS nope");
        assertThatThrownBy(() -> session.run("DROP DATABASE nope")).hasStackTraceContaining("nope");
        assertThatThrownBy(() -> session.run("USE nope")).hasMessageContaining("nope");
    }

    @Test
    void aDatabaseWithTablesIsDroppedOnlyWithCascade() {
        session.run("CREATE DATABASE e").run("CREATE TABLE e.t (id INT)");
        assertThatThrownBy(() -> session.run("DROP DATABASE e RESTRICT")).hasStackTraceContaining("not empty");
        assertThat(session.column("SHOW TABLES IN e")).containsExactly("t");
        session.run("DROP DATABASE e CASCADE");
        assertThat(session.column("SHOW DATABASES")).doesNotContain("e");
    }

    @Test
    void aDatabaseMadeByAnotherClientIsThere() throws Exception {
        other.createDatabase("theirs", false, Map.of());
        session.run("USE theirs");
        assertThat(session.column("SHOW TABLES")).isEmpty();
    }

    @Test
    void aDatabaseDroppedByAnotherClientIsMissedByTheNextStatementInIt() throws Exception {
        session.run("CREATE DATABASE e").run("USE e");
        other.dropDatabase("e", false, true);
        assertThatThrownBy(() -> session.sql("SHOW TABLES")).hasStackTraceContaining("e does not exist");
        assertThatThrownBy(() -> session.run("USE e")).hasMessageContaining("does not exist");
        session.run("USE d");
    }

    @Test
    void namesMayHoldAnyCharacter() throws Exception {
        for (String name : List.of("a/b", "100%", "a+b", "a b", "it's", "数据", "😀", "a.b", "%2F")) {
            session.run("CREATE DATABASE `" + name + "`").run("USE `" + name + "`");
            session.run("CREATE TABLE `t " + name + "` (`c " + name + "` INT)")
                    .run("INSERT INTO `t " + name + "` VALUES (1)");
            assertThat(rows("SELECT `c " + name + "` FROM `t " + name + "`")).containsExactly("[1]");
            assertThat(session.column("SHOW TABLES")).containsExactly("t " + name);
            session.run("DROP TABLE `t " + name + "`");
            session.run("USE d").run("DROP DATABASE `" + name + "`");
        }
        assertThat(other.listDatabases()).containsExactlyInAnyOrder("d", "default");
    }

    @Test
    void aDollarInATableNameMeansASystemTable() {
        assertThatThrownBy(() -> session.run("CREATE TABLE `a$b` (id INT)")).hasStackTraceContaining("a$b");
    }
}
