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
package dev.trestle.catalog.queryauth;

import static dev.trestle.server.suite.Rows.row;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.catalog.QueryRules;
import dev.trestle.server.suite.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake of which the reader may see the rows of EU only, the secret as {@code name-***}, and no salary; the admin may
 * see everything.
 */
abstract class RestrictedLake {

    static final Identifier T = Identifier.create("db", "t");

    static final QueryRules RULES = new QueryRules(
            List.of(Rule.filter("region", "STRING", "EQUAL", "\"EU\"")),
            Map.of(
                    "secret",
                    Rule.transform("CONCAT", Rule.column("name", "STRING"), "\"-***\""),
                    "salary",
                    Rule.nothing()));

    @TempDir
    Path directory;

    CatalogServer server;
    RestCatalog admin;
    RestCatalog reader;

    @BeforeEach
    void start() throws Exception {
        server = CatalogServer.start(ServerOptions.builder(directory.resolve("warehouse"))
                .allow(new Credentials.Basic("admin", "a"))
                .allow(new Credentials.Basic("reader", "r"))
                .build());
        admin = open("admin", "a");
        reader = open("reader", "r");
        admin.createDatabase("db", false);
    }

    @AfterEach
    void stop() {
        reader.close();
        admin.close();
        server.close();
    }

    private RestCatalog open(String user, String password) {
        return RestCatalog.open(Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "basic",
                "basic.username",
                user,
                "basic.password",
                password,
                "metadata-cache.expire-after",
                "0 s"));
    }

    static Schema.Builder schema() {
        return Schema.newBuilder()
                .column("id", DataTypes.INT())
                .column("region", DataTypes.STRING())
                .column("name", DataTypes.STRING())
                .column("secret", DataTypes.STRING())
                .column("salary", DataTypes.INT())
                .option("query-auth.enabled", "true");
    }

    /** Makes the table with two commits of two rows, and restricts it. */
    void fill(Schema schema) throws Exception {
        admin.createTable(T, schema, false);
        Rows.write(admin.getTable(T), row(1, "US", "ann", "s1", 10), row(2, "EU", "bob", "s2", 20));
        Rows.write(admin.getTable(T), row(3, "EU", "cid", "s3", 30), row(4, "US", "dan", "s4", 40));
        restrict(RULES);
    }

    void restrict(QueryRules rules) {
        server.queryAuth().set(T, rules);
        server.queryAuth().set(T, "admin", QueryRules.NONE);
    }

    /** The table as the reader gets it. */
    FileStoreTable table() throws Exception {
        return (FileStoreTable) reader.getTable(T);
    }

    Table table(Map<String, String> options) throws Exception {
        return table().copy(options);
    }
}
