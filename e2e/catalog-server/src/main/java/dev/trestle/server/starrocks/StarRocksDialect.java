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
package dev.trestle.server.starrocks;

import dev.trestle.server.catalog.CatalogService;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.Conventions;
import dev.trestle.server.http.HttpException;
import dev.trestle.server.http.Route;
import dev.trestle.server.http.RouteHandler;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * All operations of the dialect. Each has its full path, and the short one without a catalog that some of the standard's examples
 * have.
 */
public final class StarRocksDialect implements AutoCloseable {

    private static final String ROOT = "/api/v2";
    private static final String CATALOGS = ROOT + "/catalogs";
    private static final String CATALOG = CATALOGS + "/{catalog}";
    private static final Set<String> NONE = Set.of();

    /** How a change is answered. */
    public enum Changes {
        /** When it is made. */
        AT_ONCE,
        /** With 202 and a task, before it is made. */
        LATER
    }

    private final String catalog;
    private final Changes changes;
    private final Uris uris;
    private final Tasks tasks = new Tasks(new StarRocksErrors());
    private final List<Route> routes = new ArrayList<>();

    /** @param name what clients call the catalog */
    public StarRocksDialect(CatalogService catalog, String name, Changes changes) {
        this.catalog = name;
        this.changes = changes;
        this.uris = new Uris(CATALOGS + "/" + Uris.encoded(name));
        addCatalogs();
        addDatabases(new DatabaseHandlers(catalog.databases(), uris));
        addTables(new TableHandlers(catalog, uris));
        addTasks();
    }

    /** The routes. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** What clients call the catalog. */
    public String catalogName() {
        return catalog;
    }

    /** What holds for every path of the dialect, and for those that it has not. */
    public Conventions conventions() {
        return new Conventions("/api/", new StarRocksErrors(), "x-starrocks-request-id");
    }

    @Override
    public void close() {
        tasks.close();
    }

    private void addCatalogs() {
        route(
                "GET",
                CATALOGS,
                "listCatalogs",
                Listing.PARAMETERS,
                call -> Listing.page(
                        call, List.of(catalog), name -> StarRocksJson.object().put("name", name)));
        route(
                "GET",
                CATALOG,
                "getCatalog",
                NONE,
                inCatalog(call -> StarRocksJson.answer(
                        200, StarRocksJson.object().put("name", catalog).put("type", "paimon"))));
    }

    private void addDatabases(DatabaseHandlers handlers) {
        String databases = "/databases";
        String database = databases + "/{database}";
        read(databases, "listDatabases", Listing.PARAMETERS, handlers::list);
        for (String place : List.of(databases, databases + "/create")) {
            change("POST", place, "createDatabase", NONE, handlers::create);
            change("PUT", place, "createDatabase", NONE, handlers::createIfAbsent);
        }
        read(database, "getDatabase", NONE, handlers::get);
        change("PATCH", database, "alterDatabase", NONE, handlers::alter);
        change("DELETE", database, "dropDatabase", Set.of("force"), handlers::drop);
    }

    private void addTables(TableHandlers handlers) {
        String tables = "/databases/{database}/tables";
        String table = tables + "/{table}";
        read(tables, "listTables", Listing.PARAMETERS, handlers::list);
        for (String place : List.of(tables, tables + "/create")) {
            change("POST", place, "createTable", NONE, handlers::create);
            change("PUT", place, "createTable", NONE, handlers::createIfAbsent);
        }
        read(table, "getTable", NONE, handlers::get);
        change("PATCH", table, "alterTable", NONE, handlers::alter);
        change("DELETE", table, "dropTable", NONE, handlers::drop);
        change("POST", table + "/rename", "renameTable", NONE, handlers::rename);
        read(table + "/columns", "listColumns", Listing.PARAMETERS, handlers::listColumns);
        read(table + "/columns/{column}", "getColumn", NONE, handlers::getColumn);
        read(table + "/partitions", "listPartitions", Listing.PARAMETERS, handlers::listPartitions);
    }

    private void addTasks() {
        String task = "/tasks/{task}";
        read(task, "getTask", NONE, call -> tasks.get(call.variable("task")));
        add("POST", task + "/cancel", "cancelTask", NONE, call -> tasks.cancel(call.variable("task")));
        add("DELETE", task, "forgetTask", NONE, call -> tasks.forget(call.variable("task")));
    }

    private void read(String template, String operation, Set<String> parameters, RouteHandler handler) {
        add("GET", template, operation, parameters, handler);
    }

    private void change(
            String method, String template, String operation, Set<String> parameters, RouteHandler handler) {
        add(method, template, operation, parameters, changes == Changes.LATER ? call -> later(call, handler) : handler);
    }

    private Answer later(RoutedCall call, RouteHandler handler) {
        String id = tasks.submit(() -> handler.handle(call));
        return StarRocksJson.answer(
                202, StarRocksJson.object().put("taskId", id).put("uri", uris.task(id)));
    }

    private void add(String method, String template, String operation, Set<String> parameters, RouteHandler handler) {
        route(method, CATALOG + template, operation, parameters, inCatalog(handler));
        route(method, ROOT + template, operation, parameters, handler);
    }

    private void route(String method, String template, String operation, Set<String> parameters, RouteHandler handler) {
        routes.add(Route.of(method, template, operation, Strictness.strict(parameters, handler)));
    }

    private RouteHandler inCatalog(RouteHandler handler) {
        return call -> {
            String asked = call.variable("catalog");
            if (!asked.equals(catalog)) {
                throw new HttpException(404, "Unknown catalog '" + asked + "'");
            }
            return handler.handle(call);
        };
    }
}
