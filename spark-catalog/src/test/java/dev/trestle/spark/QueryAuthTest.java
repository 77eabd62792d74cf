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

import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.catalog.QueryRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two users of one server. Of a restricted table the reader may see the rows of EU, and {@code name-***} for each secret;
 * the admin may see everything.
 */
class QueryAuthTest {

    private static final String ON = "'query-auth.enabled'='true'";
    private static final String NAME = "{\"index\":2,\"name\":\"name\",\"type\":\"STRING\"}";
    private static final String REGION = "{\"index\":1,\"name\":\"region\",\"type\":\"STRING\"}";

    @TempDir
    Path warehouse;

    private CatalogServer server;
    private SparkTestSession admin;
    private SparkTestSession reader;

    @BeforeEach
    void open() {
        server = CatalogServer.start(ServerOptions.builder(warehouse)
                .allow(new Credentials.Basic("admin", "a"))
                .allow(new Credentials.Basic("reader", "r"))
                .build());
        admin = SparkTestSession.open(options("admin", "a"))
                .run("CREATE DATABASE d")
                .run("USE d");
        reader = SparkTestSession.open(options("reader", "r")).run("USE d");
    }

    @AfterEach
    void close() {
        reader.close();
        admin.close();
        server.close();
    }

    private Map<String, String> options(String user, String password) {
        return Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "basic",
                "basic.username",
                user,
                "basic.password",
                password);
    }

    private void fill(String properties) {
        admin.run("CREATE TABLE t (id INT, region STRING, name STRING, secret STRING) TBLPROPERTIES (" + ON + properties
                        + ")")
                .run("INSERT INTO t VALUES (1, 'US', 'ann', 's1'), (2, 'EU', 'bob', 's2')")
                .run("INSERT INTO t VALUES (3, 'EU', 'cid', 's3'), (4, 'US', 'dan', 's4')");
        Identifier table = Identifier.create("d", "t");
        server.queryAuth()
                .set(
                        table,
                        new QueryRules(
                                List.of("{\"kind\":\"LEAF\",\"transform\":{\"name\":\"FIELD_REF\",\"fieldRef\":"
                                        + REGION + "},\"function\":\"EQUAL\",\"literals\":[\"EU\"]}"),
                                Map.of("secret", "{\"name\":\"CONCAT\",\"inputs\":[" + NAME + ",\"-***\"]}")));
        server.queryAuth().set(table, "admin", QueryRules.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", 'primary-key'='id', 'bucket'='1'",
                ", 'primary-key'='id', 'bucket'='1', 'changelog-producer'='lookup'"
            })
    void onlyWhatMayBeReadComesOutOfAStream(String properties) throws Exception {
        fill(properties);
        List<String> read = new ArrayList<>();

        StreamingQuery query = reader.spark()
                .readStream()
                .option("read.stream.maxRowsPerTrigger", "1")
                .table(reader.catalog() + ".d.t")
                .writeStream()
                .option("checkpointLocation", warehouse.resolve("checkpoint").toString())
                .trigger(Trigger.ProcessingTime(100))
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
                        (rows, batch) -> rows.collectAsList().forEach(row -> read.add(row.toString())))
                .start();
        query.processAllAvailable();
        admin.run("INSERT INTO t VALUES (5, 'US', 'eve', 's5'), (6, 'EU', 'fay', 's6')");
        query.processAllAvailable();
        query.stop();

        assertThat(read).containsExactlyInAnyOrder("[2,EU,bob,bob-***]", "[3,EU,cid,cid-***]", "[6,EU,fay,fay-***]");
    }

    @Test
    void aStreamDoesNotAskWhatMayBeReadWhileNothingIsNew() throws Exception {
        fill("");
        StreamingQuery query = reader.spark()
                .readStream()
                .table(reader.catalog() + ".d.t")
                .writeStream()
                .option("checkpointLocation", warehouse.resolve("checkpoint").toString())
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (rows, batch) -> rows.count())
                .start();
        query.processAllAvailable();
        long asked = server.callCounts().getOrDefault("authTableQuery", 0L);
        for (int i = 0; i < 10; i++) {
            query.processAllAvailable();
        }
        long askedWhileIdle = server.callCounts().getOrDefault("authTableQuery", 0L) - asked;
        query.stop();

        assertThat(asked).isPositive();
        assertThat(askedWhileIdle).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'primary-key'='id', 'bucket'='1'"})
    void onlyWhatMayBeReadComesOut(String properties) {
        fill(properties);

        assertThat(reader.rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("[2,EU,bob,bob-***]", "[3,EU,cid,cid-***]");
        assertThat(reader.rows("SELECT secret FROM t WHERE id = 2")).containsExactly("[bob-***]");
        assertThat(reader.rows("SELECT count(*), min(id), max(id), count(secret) FROM t"))
                .containsExactly("[2,2,3,2]");
        assertThat(reader.rows("SELECT id FROM t WHERE secret = 's2'")).isEmpty();
        assertThat(reader.rows("SELECT id FROM t WHERE secret = 'bob-***'")).containsExactly("[2]");
        assertThat(reader.rows("SELECT id FROM t WHERE region = 'US'")).isEmpty();
        assertThat(reader.rows("SELECT id FROM t LIMIT 5")).hasSize(2);
        assertThat(reader.rows("SELECT id FROM t ORDER BY secret DESC LIMIT 1")).containsExactly("[3]");
        assertThat(admin.rows("SELECT id, secret FROM t ORDER BY id"))
                .containsExactly("[1,s1]", "[2,s2]", "[3,s3]", "[4,s4]");
    }

    @Test
    void aJoinOnAMaskedPartitionLeavesOutNoneByItsTrueValue() {
        admin.run("CREATE TABLE p (id INT, region STRING, name STRING) PARTITIONED BY (region) TBLPROPERTIES (" + ON
                        + ")")
                .run("INSERT INTO p VALUES (1, 'US', 'ann'), (2, 'EU', 'bob')")
                .run("CREATE TABLE days (region STRING, n INT)")
                .run("INSERT INTO days VALUES ('bob-***', 1), ('US', 2)");
        Identifier table = Identifier.create("d", "p");
        server.queryAuth()
                .set(
                        table,
                        new QueryRules(
                                List.of(),
                                Map.of("region", "{\"name\":\"CONCAT\",\"inputs\":[" + NAME + ",\"-***\"]}")));
        server.queryAuth().set(table, "admin", QueryRules.NONE);
        reader.set("spark.sql.optimizer.dynamicPartitionPruning.reuseBroadcastOnly", "false");

        assertThat(reader.rows("SELECT p.id FROM p JOIN days d ON p.region = d.region WHERE d.n = 1"))
                .containsExactly("[2]");
        assertThat(reader.rows("SELECT id FROM p WHERE region = 'bob-***'")).containsExactly("[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'primary-key'='id', 'bucket'='1'"})
    void whereARowLiesIsToldOfThoseThatMayBeReadAlone(String properties) {
        fill(properties);

        assertThat(reader.rows("SELECT id, __paimon_bucket, secret FROM t WHERE __paimon_file_path IS NULL"
                        + " OR __paimon_row_index >= 0 ORDER BY id"))
                .extracting(row -> row.substring(1, 2))
                .containsExactly("2", "3");
    }

    @Test
    void olderVersionsAreRestrictedToo() {
        fill("");

        assertThat(reader.rows("SELECT id, secret FROM t VERSION AS OF 1")).containsExactly("[2,bob-***]");
    }

    @Test
    void systemTablesThatTellOfRowsAreRefused() {
        fill("");

        assertThatThrownBy(() -> reader.rows("SELECT * FROM `t$files`")).hasStackTraceContaining("cannot be read");
        assertThat(reader.rows("SELECT count(*) FROM `t$snapshots`")).containsExactly("[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'primary-key'='id', 'bucket'='1'"})
    void rowsAreNotChangedByWhatOnlyAPartOfThemShows(String properties) {
        fill(properties);

        assertThatThrownBy(() -> reader.run("UPDATE t SET name = 'x' WHERE id = 2"))
                .hasStackTraceContaining("UPDATE of table 'd.t' is not possible");
        assertThatThrownBy(() -> reader.run("DELETE FROM t WHERE secret = 's2'"))
                .hasStackTraceContaining("DELETE of table 'd.t' is not possible");
        admin.run("DELETE FROM t WHERE secret = 's2'");
        assertThat(reader.rows("SELECT id FROM t")).containsExactly("[3]");
    }

    @Test
    void onlyWhoMaySeeEverythingAnalyzesATable() {
        fill("");

        assertThatThrownBy(() -> reader.run("CALL sys.analyze(table => 't', columns => 'secret')"))
                .hasStackTraceContaining("ANALYZE of table 'd.t' is not possible")
                .hasStackTraceContaining("Run it as a user who may read all of it");
        assertThat(admin.rows("SELECT commit_kind FROM `t$snapshots`")).containsExactly("[APPEND]", "[APPEND]");

        assertThat(admin.column("CALL sys.analyze(table => 't', columns => 'id')"))
                .containsExactly("2");
        reader.set("spark.sql.cbo.enabled", "true");
        assertThat(reader.plan("SELECT id FROM t WHERE id > 3")).doesNotContain("rowCount");
        assertThat(reader.rows("SELECT id FROM t WHERE id > 2")).containsExactly("[3]");
    }

    /** As in the other engines: nothing of the rows is read for it. */
    @Test
    void whoMayWriteReplacesRowsThatAreHiddenToo() {
        fill("");

        reader.run("INSERT OVERWRITE t VALUES (9, 'EU', 'eve', 's9')");
        assertThat(admin.rows("SELECT id FROM t")).containsExactly("[9]");
        reader.run("TRUNCATE TABLE t");
        assertThat(admin.rows("SELECT id FROM t")).isEmpty();
    }

    @Test
    void whoMayWriteDropsAndTruncatesPartitionsThatAreHiddenToo() {
        admin.run("CREATE TABLE p (id INT, region STRING) PARTITIONED BY (region) TBLPROPERTIES (" + ON + ")")
                .run("INSERT INTO p VALUES (1, 'US'), (2, 'EU'), (3, 'UK'), (4, 'FR')");
        Identifier table = Identifier.create("d", "p");
        server.queryAuth()
                .set(
                        table,
                        new QueryRules(
                                List.of("{\"kind\":\"LEAF\",\"transform\":{\"name\":\"FIELD_REF\",\"fieldRef\":"
                                        + REGION + "},\"function\":\"EQUAL\",\"literals\":[\"EU\"]}"),
                                Map.of()));
        server.queryAuth().set(table, "admin", QueryRules.NONE);

        reader.run("ALTER TABLE p DROP PARTITION (region = 'US')").run("TRUNCATE TABLE p PARTITION (region = 'UK')");

        assertThat(admin.rows("SELECT id FROM p ORDER BY id")).containsExactly("[2]", "[4]");
        assertThatThrownBy(() -> reader.rows("SHOW PARTITIONS p")).hasStackTraceContaining("cannot be listed");
        assertThatThrownBy(() -> reader.run("ALTER TABLE p DROP PARTITION (region = 'US')"))
                .hasMessageContaining("US");
    }
}
