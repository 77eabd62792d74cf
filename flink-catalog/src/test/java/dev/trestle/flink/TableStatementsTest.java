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

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableStatementsTest {

    @TempDir
    Path warehouse;

    private FlinkSession session;

    @BeforeEach
    void openCatalog() {
        session = FlinkSession.batch()
                .useCatalog(
                        "c", Map.of("type", "trestle", "metastore", "filesystem", "warehouse", warehouse.toString()));
    }

    @Test
    void insertedRowsAreReadBack() {
        session.run("CREATE DATABASE d");
        session.run("USE d");
        session.run("CREATE TABLE t (id INT NOT NULL, name STRING COMMENT 'nm', up AS UPPER(name),"
                + " PRIMARY KEY (id) NOT ENFORCED) COMMENT 'tt' WITH ('bucket'='1')");
        session.run("INSERT INTO t VALUES (1,'a'),(2,'b')");
        assertThat(session.rows("SELECT * FROM t ORDER BY id")).containsExactly("+I[1, a, A]", "+I[2, b, B]");
        System.out.println(session.rows("SHOW CREATE TABLE t"));
    }
}
