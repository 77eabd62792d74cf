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
package dev.trestle.server.paimon;

import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.CatalogService;
import dev.trestle.server.http.HttpException;
import dev.trestle.server.http.Route;
import dev.trestle.server.http.RouteHandler;
import java.util.ArrayList;
import java.util.List;

/** All operations of the Paimon REST API, by its own names for them. */
public final class PaimonDialect {

    private static final String ROOT = "/v1/{prefix}";
    private static final String DATABASE = ROOT + "/databases/{database}";
    private static final String TABLE = DATABASE + "/tables/{table}";

    private final String prefix;
    private final List<Route> routes = new ArrayList<>();

    /** The dialect over a catalog, under a prefix that clients learn from the configuration. */
    public PaimonDialect(CatalogService catalog, WarehouseConfig config) {
        this.prefix = config.prefix();
        routes.add(Route.of("GET", "/v1/config", "getConfig", new ConfigHandlers(config)::get));
        addDatabases(new DatabaseHandlers(catalog.databases()));
        addTables(new TableHandlers(catalog));
        addSnapshots(new SnapshotHandlers(catalog));
        addPartitions(new PartitionHandlers(catalog.partitions()));
        addTags(new TagHandlers(catalog.tags()));
        addBranches(new BranchHandlers(catalog.branches()));
        addVersions(new VersionHandlers(catalog));
        addViews(new ViewHandlers(catalog.views()));
        addFunctions(new FunctionHandlers(catalog.functions()));
        add("POST", TABLE + "/auth", "authTableQuery", new QueryAuthHandlers(catalog.queryAuth())::authorize);
        add("GET", TABLE + "/token", "getTableToken", new DataTokenHandlers(catalog.dataTokens())::get);
        addMissing();
    }

    /** The routes. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    private void addDatabases(DatabaseHandlers handlers) {
        add("GET", ROOT + "/databases", "listDatabases", handlers::list);
        add("POST", ROOT + "/databases", "createDatabase", handlers::create);
        add("GET", DATABASE, "getDatabase", handlers::get);
        add("POST", DATABASE, "alterDatabase", handlers::alter);
        add("DELETE", DATABASE, "dropDatabase", handlers::drop);
    }

    private void addTables(TableHandlers handlers) {
        add("POST", DATABASE + "/register", "registerTable", handlers::register);
        add("GET", DATABASE + "/tables", "listTables", handlers::list);
        add("POST", DATABASE + "/tables", "createTable", handlers::create);
        add("GET", DATABASE + "/table-details", "listTableDetails", handlers::listDetails);
        add("GET", ROOT + "/tables", "listTablesGlobally", handlers::listGlobally);
        add("GET", ROOT + "/tables/id/{tableId}", "getTableById", handlers::getById);
        add("POST", ROOT + "/tables/rename", "renameTable", handlers::rename);
        add("GET", TABLE, "getTable", handlers::get);
        add("POST", TABLE, "alterTable", handlers::alter);
        add("DELETE", TABLE, "dropTable", handlers::drop);
    }

    private void addSnapshots(SnapshotHandlers handlers) {
        add("POST", TABLE + "/commit", "commitTable", handlers::commit);
        add("GET", TABLE + "/snapshot", "getTableSnapshot", handlers::latest);
        add("GET", TABLE + "/snapshots", "listSnapshots", handlers::list);
        add("GET", TABLE + "/snapshots/{version}", "getVersionSnapshot", handlers::byVersion);
    }

    private void addPartitions(PartitionHandlers handlers) {
        add("GET", TABLE + "/partitions", "listPartitions", handlers::list);
        add("POST", TABLE + "/partitions/mark", "markDonePartitions", handlers::markDone);
        add("POST", TABLE + "/partitions/list-by-names", "listPartitionsByNames", handlers::listByNames);
    }

    private void addTags(TagHandlers handlers) {
        add("GET", TABLE + "/tags", "listTags", handlers::list);
        add("POST", TABLE + "/tags", "createTag", handlers::create);
        add("GET", TABLE + "/tags/{tag}", "getTag", handlers::get);
        add("DELETE", TABLE + "/tags/{tag}", "deleteTag", handlers::delete);
    }

    private void addBranches(BranchHandlers handlers) {
        String branch = TABLE + "/branches/{branch}";
        add("GET", TABLE + "/branches", "listBranches", handlers::list);
        add("POST", TABLE + "/branches", "createBranch", handlers::create);
        add("DELETE", branch, "dropBranch", handlers::drop);
        add("POST", branch + "/rename", "renameBranch", handlers::rename);
        add("POST", branch + "/forward", "forwardBranch", handlers::forward);
    }

    private void addVersions(VersionHandlers handlers) {
        add("POST", TABLE + "/rollback", "rollbackTable", handlers::rollback);
        add("POST", TABLE + "/rollback-schema", "rollbackSchema", handlers::rollbackSchema);
        add("GET", TABLE + "/consumers", "listConsumers", handlers::listConsumers);
        add("POST", TABLE + "/consumers/reset", "resetConsumer", handlers::resetConsumer);
    }

    /** Operations that the API has and this server has not: a client is told so, and by which name. */
    private void addMissing() {
        missing("POST", TABLE + "/partitions", "createPartitions");
        missing("POST", TABLE + "/partitions/drop", "dropPartitions");
        missing("POST", TABLE + "/partitions/list-by-filter", "listPartitionsByFilter");
    }

    private void addViews(ViewHandlers handlers) {
        String view = DATABASE + "/views/{view}";
        add("GET", DATABASE + "/views", "listViews", handlers::list);
        add("POST", DATABASE + "/views", "createView", handlers::create);
        add("GET", DATABASE + "/view-details", "listViewDetails", handlers::listDetails);
        add("GET", ROOT + "/views", "listViewsGlobally", handlers::listGlobally);
        add("POST", ROOT + "/views/rename", "renameView", handlers::rename);
        add("GET", view, "getView", handlers::get);
        add("POST", view, "alterView", handlers::alter);
        add("DELETE", view, "dropView", handlers::drop);
    }

    private void addFunctions(FunctionHandlers handlers) {
        String function = DATABASE + "/functions/{function}";
        add("GET", DATABASE + "/functions", "listFunctions", handlers::list);
        add("POST", DATABASE + "/functions", "createFunction", handlers::create);
        add("GET", DATABASE + "/function-details", "listFunctionDetails", handlers::listDetails);
        add("GET", ROOT + "/functions", "listFunctionsGlobally", handlers::listGlobally);
        add("GET", function, "getFunction", handlers::get);
        add("POST", function, "alterFunction", handlers::alter);
        add("DELETE", function, "dropFunction", handlers::drop);
    }

    private void missing(String method, String template, String operation) {
        add(method, template, operation, call -> {
            throw CatalogException.unsupported("This server does not implement " + operation + ".");
        });
    }

    private void add(String method, String template, String operation, RouteHandler handler) {
        routes.add(Route.of(method, template, operation, call -> {
            if (!call.variable("prefix").equals(prefix)) {
                throw new HttpException(
                        404,
                        "This server has no prefix '" + call.variable("prefix")
                                + "'; ask /v1/config for the one to use.");
            }
            return handler.handle(call);
        }));
    }
}
