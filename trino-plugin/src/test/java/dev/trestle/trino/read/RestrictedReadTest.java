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
package dev.trestle.trino.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.catalog.QueryRules;
import dev.trestle.trino.TrestleConnectorFactory;
import dev.trestle.trino.TrestlePlugin;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table of which the reader may see the rows of EU, the secret as {@code name-***}, and no salary: no hidden row and no
 * true value comes out, or can be told from what does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestrictedReadTest {

    private static final String NAME = "{\"index\":2,\"name\":\"name\",\"type\":\"STRING\"}";
    private static final String REGION = "{\"index\":1,\"name\":\"region\",\"type\":\"STRING\"}";
    private static final QueryRules RULES = new QueryRules(
            List.of("{\"kind\":\"LEAF\",\"transform\":{\"name\":\"FIELD_REF\",\"fieldRef\":" + REGION
                    + "},\"function\":\"EQUAL\",\"literals\":[\"EU\"]}"),
            Map.of(
                    "secret",
                    "{\"name\":\"CONCAT\",\"inputs\":[" + NAME + ",\"-***\"]}",
                    "salary",
                    "{\"name\":\"NULL\"}"));

    @TempDir
    private static Path directory;

    private CatalogServer server;
    private QueryRunner trino;

    @BeforeAll
    void start() throws Exception {
        server = CatalogServer.start(ServerOptions.builder(directory.resolve("warehouse"))
                .allow(new Credentials.Basic("admin", "a"))
                .allow(new Credentials.Basic("reader", "r"))
                .build());
        PaimonTables tables = new PaimonTables(RestCatalog.open(options("admin", "a")), "d");
        for (String table : List.of("append", "marked", "keyed", "parts", "emptied")) {
            tables.create(table, schema(table));
            tables.write(table, row(1, "US", "ann", "s1", 10), row(2, "EU", "bob", "s2", 20));
            tables.write(table, row(3, "EU", "cid", "s3", 30), row(4, "US", "dan", "s4", 40));
            server.queryAuth().set(Identifier.create("d", table), RULES);
            server.queryAuth().set(Identifier.create("d", table), "admin", QueryRules.NONE);
        }
        tables.create("spread", schema("spread"));
        tables.write(
                "spread",
                IntStream.range(0, 40)
                        .mapToObj(id -> row(id, "EU", "name" + id, "s", 10))
                        .toArray(GenericRow[]::new));
        server.queryAuth()
                .set(
                        Identifier.create("d", "spread"),
                        new QueryRules(
                                List.of(), Map.of("name", "{\"name\":\"CONCAT\",\"inputs\":[\"name\",\"-***\"]}")));
        trino = DistributedQueryRunner.builder(TestingSession.testSessionBuilder()
                        .setCatalog("reader")
                        .setSchema("d")
                        .build())
                .setWorkerCount(0)
                .build();
        trino.installPlugin(new TrestlePlugin());
        for (Map.Entry<String, String> user :
                Map.of("reader", "r", "admin", "a").entrySet()) {
            Map<String, String> catalog =
                    new java.util.HashMap<>(Map.of("fs.local.enabled", "true", "local.location", "/"));
            options(user.getKey(), user.getValue()).forEach((key, value) -> catalog.put("trestle." + key, value));
            trino.createCatalog(user.getKey(), TrestleConnectorFactory.NAME, catalog);
        }
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

    private static Schema.Builder schema(String table) {
        Schema.Builder schema = Schema.newBuilder()
                .column("id", DataTypes.INT().notNull())
                .column("region", DataTypes.STRING())
                .column("name", DataTypes.STRING().notNull())
                .column("secret", DataTypes.STRING().notNull())
                .column("salary", DataTypes.INT())
                .option("query-auth.enabled", "true");
        return switch (table) {
            case "keyed" -> schema.primaryKey("id").option("bucket", "1");
            case "spread" -> schema.option("bucket", "4").option("bucket-key", "name");
            case "parts" -> schema.partitionKeys("secret");
            case "marked" -> schema.option("deletion-vectors.enabled", "true");
            default -> schema;
        };
    }

    private static GenericRow row(int id, String region, String name, String secret, int salary) {
        return GenericRow.of(
                id,
                BinaryString.fromString(region),
                BinaryString.fromString(name),
                BinaryString.fromString(secret),
                salary);
    }

    @AfterAll
    void stop() {
        trino.close();
        server.close();
    }

    private List<List<Object>> rows(String sql) {
        return trino.execute(sql).getMaterializedRows().stream()
                .map(row -> row.getFields())
                .toList();
    }

    private static List<Object> values(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "keyed", "parts"})
    void noStatisticsComeOut(String t) {
        trino.execute("ANALYZE admin.d." + t);

        assertThat(rows("SHOW STATS FOR " + t))
                .allSatisfy(
                        column -> assertThat(column.subList(1, column.size())).containsOnlyNulls());
        assertThat(rows("SHOW STATS FOR (SELECT * FROM " + t + " WHERE region = 'EU')"))
                .allSatisfy(
                        column -> assertThat(column.subList(1, column.size())).containsOnlyNulls());
        assertThatThrownBy(() -> trino.execute("ANALYZE " + t)).hasMessageContaining("the service hides rows");
    }

    /** They lie where their true values belong. */
    @Test
    void rowsAreNotTakenToLieWhereTheirMaskedKeysWould() {
        assertThat(rows("SELECT name, count(*) FROM spread GROUP BY name")).containsExactly(values("name-***", 40L));
        assertThat(rows("SELECT count(*) FROM spread a JOIN spread b ON a.name = b.name"))
                .containsExactly(values(1_600L));
        assertThat(rows("EXPLAIN SELECT name, count(*) FROM spread GROUP BY name")
                        .toString())
                .doesNotContain("ReadPartitioning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "keyed", "parts"})
    void noHiddenRowAndNoTrueValueComesOut(String t) {
        assertThat(rows("SELECT * FROM " + t + " ORDER BY id"))
                .containsExactly(values(2, "EU", "bob", "bob-***", null), values(3, "EU", "cid", "cid-***", null));
        assertThat(rows("SELECT secret FROM " + t + " ORDER BY 1"))
                .as("inputs of masks outside the projection")
                .containsExactly(values("bob-***"), values("cid-***"));
        assertThat(rows("SELECT count(*), max(id), min(salary), count(salary) FROM " + t))
                .as("aggregates")
                .containsExactly(values(2L, 3, null, 0L));
        assertThat(rows("SELECT id FROM " + t + " LIMIT 3")).as("a limit").hasSize(2);
        assertThat(rows("SELECT id FROM " + t + " ORDER BY id DESC LIMIT 1"))
                .as("the best rows")
                .containsExactly(values(3));
        assertThat(rows("SELECT id FROM " + t + " WHERE secret = 's2'"))
                .as("a true value")
                .isEmpty();
        assertThat(rows("SELECT id FROM " + t + " WHERE secret = 'bob-***'"))
                .as("a masked value")
                .containsExactly(values(2));
        assertThat(rows("SELECT id FROM " + t + " WHERE salary > 0")).isEmpty();
        assertThat(rows("SELECT count(*) FROM " + t + " WHERE region = 'US'")).containsExactly(values(0L));
        assertThat(rows("SELECT t.id FROM " + t + " t JOIN (VALUES 's2', 'cid-***') v(secret) ON t.secret = v.secret"))
                .as("a dynamic filter")
                .containsExactly(values(3));
        assertThat(rows("SELECT count(*) FROM admin.d." + t)).containsExactly(values(4L));
    }

    /** It reads nothing, and needs the right to write alone, as in the other engines. */
    @Test
    void truncateTakesHiddenRowsToo() {
        assertThatThrownBy(() -> trino.execute("DELETE FROM emptied")).hasMessageContaining("the service hides rows");
        assertThat(rows("SELECT count(*) FROM admin.d.emptied")).containsExactly(values(4L));

        trino.execute("TRUNCATE TABLE emptied");

        assertThat(rows("SELECT count(*) FROM admin.d.emptied")).containsExactly(values(0L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "keyed"})
    void whatTellsOfFilesAndOfChangesIsRefused(String t) {
        for (String relation : List.of(
                "\"" + t + "$files\"",
                "\"" + t + "$audit_log\"",
                "\"" + t + "$binlog\"",
                "TABLE(reader.system.table_changes(schema_name => 'd', table_name => '" + t
                        + "', start_snapshot_id => 0))")) {
            assertThatThrownBy(() -> rows("SELECT * FROM " + relation))
                    .as(relation)
                    .hasMessageContaining("that the service hides or masks for you");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "marked", "keyed"})
    void rowsAreChangedByOneAloneWhoReadsThemAll(String t) {
        String update = "UPDATE %s.d." + t + " SET salary = salary + 1 WHERE region = 'EU'";
        assertThatThrownBy(() -> trino.execute(update.formatted("reader")))
                .hasMessageContaining("the service hides rows or masks columns");

        trino.execute(update.formatted("admin"));
        trino.execute("DELETE FROM admin.d." + t + " WHERE name = 'cid'");

        assertThat(rows("SELECT id, name, salary FROM admin.d." + t + " ORDER BY id"))
                .containsExactly(values(1, "ann", 10), values(2, "bob", 21), values(4, "dan", 40));
        trino.execute("INSERT INTO admin.d." + t + " VALUES (3, 'EU', 'cid', 's3', 30)");
    }
}
