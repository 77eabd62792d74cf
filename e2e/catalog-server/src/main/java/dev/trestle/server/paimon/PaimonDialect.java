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
import dev.trestle.server.catalog.CatalogException.Resource;
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
        addViewsAndFunctions(new NoViewsOrFunctions(catalog.databases()));
        addDataTokens(new DataTokenHandlers(catalog.dataTokens()));
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

    private void addDataTokens(DataTokenHandlers handlers) {
        add("GET", TABLE + "/token", "getTableToken", handlers::get);
    }

    /** Operations that the API has and this server has not: a client is told so, and by which name. */
    private void addMissing() {
        missing("POST", TABLE + "/partitions", "createPartitions");
        missing("POST", TABLE + "/partitions/drop", "dropPartitions");
        missing("POST", TABLE + "/partitions/list-by-filter", "listPartitionsByFilter");
        missing("POST", TABLE + "/rollback", "rollbackTable");
        missing("POST", TABLE + "/rollback-schema", "rollbackSchema");
        missing("POST", TABLE + "/auth", "authTableQuery");
        missing("GET", TABLE + "/branches", "listBranches");
        missing("POST", TABLE + "/branches", "createBranch");
        missing("DELETE", TABLE + "/branches/{branch}", "dropBranch");
        missing("POST", TABLE + "/branches/{branch}/rename", "renameBranch");
        missing("POST", TABLE + "/branches/{branch}/forward", "forwardBranch");
        missing("GET", TABLE + "/tags", "listTags");
        missing("POST", TABLE + "/tags", "createTag");
        missing("GET", TABLE + "/tags/{tag}", "getTag");
        missing("DELETE", TABLE + "/tags/{tag}", "deleteTag");
        missing("GET", TABLE + "/consumers", "listConsumers");
        missing("POST", TABLE + "/consumers/reset", "resetConsumer");
        missing("POST", ROOT + "/views/rename", "renameView");
    }

    private void addViewsAndFunctions(NoViewsOrFunctions none) {
        add("GET", DATABASE + "/views", "listViews", none::listViews);
        add("GET", DATABASE + "/view-details", "listViewDetails", none::listViewDetails);
        add("GET", ROOT + "/views", "listViewsGlobally", none::listViewsGlobally);
        add("GET", DATABASE + "/functions", "listFunctions", none::listFunctions);
        add("GET", DATABASE + "/function-details", "listFunctionDetails", none::listFunctionDetails);
        add("GET", ROOT + "/functions", "listFunctionsGlobally", none::listFunctionsGlobally);
        missing("POST", DATABASE + "/views", "createView");
        missing("POST", DATABASE + "/functions", "createFunction");
        String view = DATABASE + "/views/{view}";
        add("GET", view, "getView", call -> none.notFound(call, Resource.VIEW));
        add("POST", view, "alterView", call -> none.notFound(call, Resource.VIEW));
        add("DELETE", view, "dropView", call -> none.notFound(call, Resource.VIEW));
        String function = DATABASE + "/functions/{function}";
        add("GET", function, "getFunction", call -> none.notFound(call, Resource.FUNCTION));
        add("POST", function, "alterFunction", call -> none.notFound(call, Resource.FUNCTION));
        add("DELETE", function, "dropFunction", call -> none.notFound(call, Resource.FUNCTION));
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
