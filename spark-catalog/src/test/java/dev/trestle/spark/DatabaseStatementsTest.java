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

import org.junit.jupiter.api.Test;

class DatabaseStatementsTest extends CatalogFixture {

    @Test
    void databasesAreListed() {
        run("CREATE DATABASE e");

        assertThat(session.column("SHOW DATABASES")).contains("d", "e");
        assertThat(session.column("SHOW DATABASES LIKE 'e*'")).containsExactly("e");
    }

    @Test
    void aDatabaseKeepsItsCommentAndProperties() throws Exception {
        run("CREATE DATABASE e COMMENT 'mine' WITH DBPROPERTIES ('k' = 'v', 'Key' = 'V')");

        assertThat(other.getDatabase("e").options()).containsEntry("k", "v").containsEntry("Key", "V");
        assertThat(rows("DESCRIBE DATABASE EXTENDED e").toString()).contains("mine", "[Properties,((Key,V), (k,v))]");
    }

    @Test
    void aDatabaseIsChanged() throws Exception {
        run("CREATE DATABASE e")
                .run("COMMENT ON DATABASE e IS 'new'")
                .run("ALTER DATABASE e SET DBPROPERTIES ('a'='b')");

        assertThat(other.getDatabase("e").options()).containsEntry("a", "b").containsEntry("comment", "new");
    }

    @Test
    void aDatabaseThatIsThereAlreadyIsRefused() {
        assertThatThrownBy(() -> run("CREATE DATABASE d")).hasMessageContaining("SCHEMA_ALREADY_EXISTS");
        run("CREATE DATABASE IF NOT EXISTS d");
    }

    @Test
    void aFullDatabaseIsDroppedWithCascadeOnly() {
        run("CREATE DATABASE e").run("CREATE TABLE e.t (id INT)");

        assertThatThrownBy(() -> run("DROP DATABASE e RESTRICT")).hasMessageContaining("SCHEMA_NOT_EMPTY");
        run("DROP DATABASE e CASCADE");
        assertThat(session.column("SHOW DATABASES")).doesNotContain("e");
    }

    @Test
    void aMissingDatabaseIsNamed() {
        assertThatThrownBy(() -> run("DROP DATABASE nope")).hasMessageContaining("nope");
        assertThatThrownBy(() -> run("SHOW TABLES IN nope")).hasMessageContaining("nope");
        run("DROP DATABASE IF EXISTS nope");
    }

    @Test
    void theLocationOfADatabaseCannotBeChanged() {
        assertThatThrownBy(() -> run("ALTER DATABASE d SET LOCATION 'file:/tmp/x'"))
                .hasMessageContaining("location of database 'd' cannot be changed");
    }

    @Test
    void theSystemDatabaseHasTables() {
        assertThat(session.column("SELECT DISTINCT database_name FROM sys.all_table_options"))
                .isEmpty();
    }
}
