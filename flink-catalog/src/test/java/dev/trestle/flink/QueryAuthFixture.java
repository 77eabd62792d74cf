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

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.catalog.QueryRules;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two users of one server. Of a table that is restricted the reader may see the rows of EU, the secret as
 * {@code name-***}, and no salary; the admin may see everything.
 */
abstract class QueryAuthFixture {

    static final String COLUMNS = "(id INT, region STRING, name STRING, secret STRING, salary INT)";
    static final String ON = "'query-auth.enabled'='true'";

    private static final String NAME = "{\"index\":2,\"name\":\"name\",\"type\":\"STRING\"}";
    private static final String REGION = "{\"index\":1,\"name\":\"region\",\"type\":\"STRING\"}";

    @TempDir
    Path warehouse;

    CatalogServer server;
    FlinkSession admin;
    FlinkSession reader;
    Catalog stored;

    @BeforeEach
    void open() {
        server = CatalogServer.start(ServerOptions.builder(warehouse)
                .allow(new Credentials.Basic("admin", "a"))
                .allow(new Credentials.Basic("reader", "r"))
                .build());
        admin = open(FlinkSession.batch(), "admin", "a")
                .run("CREATE DATABASE d")
                .run("USE d");
        reader = reader(FlinkSession.batch());
        Map<String, String> options = new HashMap<>(options("admin", "a"));
        options.remove("type");
        stored = RestCatalog.open(options);
    }

    @AfterEach
    void close() throws Exception {
        FlinkCluster.shared().awaitNoJobs();
        stored.close();
        reader.close();
        admin.close();
        server.close();
    }

    FlinkSession reader(FlinkSession session) {
        return open(session, "reader", "r").run("USE d");
    }

    private FlinkSession open(FlinkSession session, String user, String password) {
        return session.useCatalog("c", options(user, password));
    }

    /** The options of a user's catalog as the arguments of Paimon's procedures have them. */
    String configuration(String user, String password) {
        return options(user, password).entrySet().stream()
                .map(option ->
                        (option.getKey().equals("type") ? "metastore" : option.getKey()) + "=" + option.getValue())
                .collect(Collectors.joining(";"));
    }

    private Map<String, String> options(String user, String password) {
        return Map.of(
                "type",
                "trestle",
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

    /** Makes a table with two commits of two rows, and restricts it. */
    void fill(String table, String with) {
        fill(table, COLUMNS, with);
    }

    void fill(String table, String columns, String with) {
        admin.run("CREATE TABLE " + table + " " + columns + " " + with)
                .run("INSERT INTO " + table + " VALUES (1, 'US', 'ann', 's1', 10), (2, 'EU', 'bob', 's2', 20)")
                .run("INSERT INTO " + table + " VALUES (3, 'EU', 'cid', 's3', 30), (4, 'US', 'dan', 's4', 40)");
        restrict(table);
    }

    void restrict(String table) {
        Identifier identifier = Identifier.create("d", table);
        server.queryAuth()
                .set(
                        identifier,
                        new QueryRules(
                                List.of("{\"kind\":\"LEAF\",\"transform\":{\"name\":\"FIELD_REF\",\"fieldRef\":"
                                        + REGION + "},\"function\":\"EQUAL\",\"literals\":[\"EU\"]}"),
                                Map.of(
                                        "secret",
                                        "{\"name\":\"CONCAT\",\"inputs\":[" + NAME + ",\"-***\"]}",
                                        "salary",
                                        "{\"name\":\"NULL\"}")));
        server.queryAuth().set(identifier, "admin", QueryRules.NONE);
    }
}
