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

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two statements that change rows of one file, of which the second begins before the first ends. */
class ConcurrentChangesTest extends CatalogFixture {

    private static volatile CountDownLatch read;
    private static volatile CountDownLatch goOn;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TBLPROPERTIES ('bucket'='1', 'bucket-key'='id')",
                "TBLPROPERTIES ('deletion-vectors.enabled'='true')",
                "TBLPROPERTIES ('deletion-vectors.enabled'='true', 'bucket'='1', 'bucket-key'='id')"
            })
    void oneOfTwoDeletesInOneFileWinsAndTheOtherIsAConflict(String properties) throws Exception {
        run("CREATE TABLE t (id INT, v INT) " + properties)
                .run("INSERT INTO t SELECT /*+ REPARTITION(1) */ * FROM VALUES (1, 1), (2, 2), (3, 3)");
        assertThat(rows("SELECT count(*) FROM `t$files`")).containsExactly("[1]");
        read = new CountDownLatch(1);
        goOn = new CountDownLatch(1);
        session.spark()
                .udf()
                .register(
                        "wait_here",
                        (UDF1<Integer, Boolean>) value -> {
                            read.countDown();
                            return goOn.await(60, TimeUnit.SECONDS);
                        },
                        DataTypes.BooleanType);

        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Throwable> slow = thread.submit(() -> {
            try {
                run("DELETE FROM t WHERE id = 1 AND wait_here(v)");
                return null;
            } catch (RuntimeException e) {
                return e;
            }
        });
        assertThat(read.await(60, TimeUnit.SECONDS)).isTrue();
        run("DELETE FROM t WHERE id = 2");
        goOn.countDown();

        assertThat(slow.get(120, TimeUnit.SECONDS)).hasStackTraceContaining("up committing");
        thread.shutdown();
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[1]", "[3]");
    }
}
