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
package dev.trestle.catalog.faults;

import dev.trestle.server.fault.ProxiedRequest;
import dev.trestle.server.suite.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.PropertyChange;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypes;

/** One way to change what a catalog holds, and how to tell from outside how often it was done. */
enum Change {
    CREATE_TABLE("POST", "/tables$", "POST", "/tables/create$") {
        @Override
        void prepare(Catalog direct, String database) {}

        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.createTable(t(database), SCHEMA, false);
        }

        @Override
        int timesDone(Catalog direct, String database) throws Exception {
            return direct.listTables(database).size();
        }
    },
    DROP_TABLE("DELETE", "/tables/t$", "DELETE", "/tables/t$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.getTable(t(database));
            catalog.dropTable(t(database), false);
        }

        @Override
        int timesDone(Catalog direct, String database) throws Exception {
            return direct.listTables(database).isEmpty() ? 1 : 0;
        }
    },
    RENAME_TABLE("POST", "/tables/rename$", "POST", "/tables/t/rename$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.getTable(t(database));
            catalog.renameTable(t(database), Identifier.create(database, "u"), false);
        }

        @Override
        int timesDone(Catalog direct, String database) throws Exception {
            List<String> tables = direct.listTables(database);
            if (tables.size() != 1) {
                throw new AssertionError("a rename lost or doubled a table: " + tables);
            }
            return tables.get(0).equals("u") ? 1 : 0;
        }
    },
    ADD_COLUMN("POST", "/tables/t$", "PATCH", "/tables/t$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.getTable(t(database));
            catalog.alterTable(t(database), List.of(SchemaChange.addColumn("c", DataTypes.INT())), false);
        }

        @Override
        int timesDone(Catalog direct, String database) throws Exception {
            return (int)
                    ((FileStoreTable) direct.getTable(t(database))).schema().id();
        }
    },
    SET_OPTION("POST", "/tables/t$", "PATCH", "/tables/t$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.getTable(t(database));
            catalog.alterTable(t(database), List.of(SchemaChange.setOption("k", "v")), false);
        }

        @Override
        int timesDone(Catalog direct, String database) throws Exception {
            return "v".equals(direct.getTable(t(database)).options().get("k")) ? 1 : 0;
        }
    },
    CREATE_DATABASE("POST", "/databases$", "POST", "/databases/create$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.createDatabase(other(database), false, Map.of("k", "v", "owner", "me"));
        }

        @Override
        int timesDone(Catalog direct, String database) {
            return (int) direct.listDatabases().stream()
                    .filter(other(database)::equals)
                    .count();
        }
    },
    ALTER_DATABASE("POST", "/databases/[^/]+$", "PATCH", "/databases/[^/]+$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.alterDatabase(database, List.of(PropertyChange.setProperty("k", "v")), false);
        }

        @Override
        int timesDone(Catalog direct, String database) throws Exception {
            return "v".equals(direct.getDatabase(database).options().get("k")) ? 1 : 0;
        }
    },
    DROP_DATABASE("DELETE", "/databases/[^/]+$", "DELETE", "/databases/[^/]+$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            catalog.getDatabase(database);
            catalog.dropDatabase(database, false, true);
        }

        @Override
        int timesDone(Catalog direct, String database) {
            return direct.listDatabases().contains(database) ? 0 : 1;
        }
    },
    COMMIT("POST", "/tables/t/commit$") {
        @Override
        void make(Catalog catalog, String database) throws Exception {
            Rows.write(catalog.getTable(t(database)), Rows.row(1, "a"));
        }

        @Override
        int timesDone(Catalog direct, String database) throws Exception {
            int rows = Rows.read(direct.getTable(t(database))).size();
            long snapshots = direct.loadSnapshot(t(database))
                    .map(latest -> latest.snapshot().id())
                    .orElse(0L);
            if (rows != snapshots) {
                throw new AssertionError(rows + " rows of " + snapshots + " commits");
            }
            return rows;
        }
    };

    private static final Schema SCHEMA = Schema.newBuilder()
            .column("k", DataTypes.INT())
            .column("v", DataTypes.STRING())
            .option("commit.max-retry-wait", "50 ms")
            .comment("about t")
            .build();

    private final Map<Dialect, Predicate<ProxiedRequest>> requests;

    /** One that the StarRocks dialect has no request for. */
    Change(String method, String path) {
        this.requests = Map.of(Dialect.PAIMON, ProxiedRequest.that(method, path));
    }

    Change(String method, String path, String starRocksMethod, String starRocksPath) {
        this.requests = Map.of(
                Dialect.PAIMON,
                ProxiedRequest.that(method, path),
                Dialect.STARROCKS,
                ProxiedRequest.that(starRocksMethod, starRocksPath));
    }

    /** The changes that a dialect has requests for. */
    static List<Change> of(Dialect dialect) {
        return Arrays.stream(values())
                .filter(change -> change.requests.containsKey(dialect))
                .toList();
    }

    /** The request that makes the change. */
    Predicate<ProxiedRequest> request(Dialect dialect) {
        return requests.get(dialect);
    }

    /** The request that makes the change in the Paimon dialect. */
    Predicate<ProxiedRequest> request() {
        return request(Dialect.PAIMON);
    }

    /** Makes what the change needs in a new database; a table, unless said otherwise. */
    void prepare(Catalog direct, String database) throws Exception {
        direct.createTable(t(database), SCHEMA, false);
    }

    abstract void make(Catalog catalog, String database) throws Exception;

    /** How often the change was made, by the server's own word. */
    abstract int timesDone(Catalog direct, String database) throws Exception;

    /** What an error must name. */
    String object(String database) {
        return this == CREATE_DATABASE ? other(database) : database;
    }

    private static Identifier t(String database) {
        return Identifier.create(database, "t");
    }

    private static String other(String database) {
        return database + "_new";
    }
}
