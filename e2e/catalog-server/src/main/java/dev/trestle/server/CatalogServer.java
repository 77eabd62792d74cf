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
package dev.trestle.server;

import dev.trestle.server.catalog.CatalogService;
import dev.trestle.server.catalog.QueryAuth;
import dev.trestle.server.files.Warehouse;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.Authenticator;
import dev.trestle.server.http.CallCounts;
import dev.trestle.server.http.Conventions;
import dev.trestle.server.http.Dispatcher;
import dev.trestle.server.http.ErrorAnswers;
import dev.trestle.server.http.JettyListener;
import dev.trestle.server.http.Route;
import dev.trestle.server.paimon.PaimonDialect;
import dev.trestle.server.paimon.PaimonErrors;
import dev.trestle.server.paimon.PaimonJson;
import dev.trestle.server.paimon.WarehouseConfig;
import dev.trestle.server.starrocks.StarRocksDialect;
import dev.trestle.server.starrocks.StarRocksDialect.Changes;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A catalog service that speaks the Paimon REST API, and beside it the dialect of the StarRocks RESTful API standard, in this
 * process.
 *
 * <pre>{@code
 * try (CatalogServer server = CatalogServer.start(ServerOptions.builder(directory).build())) {
 *     server.uri();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class CatalogServer implements AutoCloseable {

    private static final String DATABASE_FILE = "trestle-catalog.db";

    private final JettyListener listener;
    private final StarRocksDialect starRocks;
    private final CatalogService catalog;
    private final Store store;
    private final Warehouse warehouse;
    private final CallCounts counts;

    private CatalogServer(
            JettyListener listener,
            StarRocksDialect starRocks,
            CatalogService catalog,
            Store store,
            Warehouse warehouse,
            CallCounts counts) {
        this.listener = listener;
        this.starRocks = starRocks;
        this.catalog = catalog;
        this.store = store;
        this.warehouse = warehouse;
        this.counts = counts;
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws dev.trestle.server.store.StoreException if the database cannot be used
     * @throws IllegalStateException if the port cannot be listened on
     */
    public static CatalogServer start(ServerOptions options) {
        Warehouse warehouse = new Warehouse(options.warehouse(), options.storageOptions());
        Store store = Store.open(options.store().orElseGet(() -> inWarehouse(warehouse)));
        CatalogService catalog = null;
        try {
            catalog = new CatalogService(store, warehouse, options.dataTokens(), options.clock());
            CallCounts counts = new CallCounts();
            ErrorAnswers errors = new PaimonErrors();
            PaimonDialect dialect = new PaimonDialect(
                    catalog,
                    WarehouseConfig.of(
                            warehouse,
                            options.warehouse(),
                            options.prefix(),
                            configDefaults(options),
                            options.configOverrides()));
            StarRocksDialect starRocks = new StarRocksDialect(
                    catalog, options.prefix(), options.asynchronous() ? Changes.LATER : Changes.AT_ONCE);
            List<Route> routes = Stream.concat(dialect.routes().stream(), starRocks.routes().stream())
                    .toList();
            List<Conventions> conventions =
                    List.of(starRocks.conventions(), new Conventions("/", errors, "x-request-id"));
            List<Authenticator> authenticators = options.credentials().stream()
                    .map(credentials -> credentials.authenticator(options.clock()))
                    .toList();
            List<Route> open = Stream.concat(
                            management(store, counts, errors).stream(),
                            authenticators.stream()
                                    .flatMap(authenticator -> authenticator.routes().stream())
                                    .map(route -> counted(route, counts)))
                    .toList();
            Dispatcher dispatcher =
                    new Dispatcher(open, routes, Authenticator.anyOf(authenticators), counts, conventions);
            JettyListener listener =
                    JettyListener.start(options.host(), options.port(), options.tls(), dispatcher, errors);
            return new CatalogServer(listener, starRocks, catalog, store, warehouse, counts);
        } catch (RuntimeException e) {
            if (catalog != null) {
                catalog.close();
            }
            store.close();
            throw e;
        }
    }

    private static Map<String, String> configDefaults(ServerOptions options) {
        Map<String, String> defaults = new HashMap<>(options.configDefaults());
        if (options.dataTokens().isPresent()) {
            defaults.putIfAbsent("data-token.enabled", "true");
        }
        return defaults;
    }

    private static StoreSettings inWarehouse(Warehouse warehouse) {
        if (!warehouse.isLocal()) {
            throw new IllegalArgumentException("The warehouse " + warehouse.root()
                    + " is not a local directory, so the database cannot be a file in it: give a database URL.");
        }
        return StoreSettings.sqlite(Path.of(warehouse.root().toUri().getPath()).resolve(DATABASE_FILE));
    }

    private static List<Route> management(Store store, CallCounts counts, ErrorAnswers errors) {
        return List.of(
                Route.of(
                        "GET",
                        "/health",
                        "health",
                        call -> store.isReachable()
                                ? PaimonJson.answer(200, Map.of("status", "ok"))
                                : errors.of(503, "The catalog's database does not answer.")),
                Route.of("GET", "/metrics/calls", "getCallCounts", call -> PaimonJson.answer(200, counts.snapshot())),
                Route.of("POST", "/metrics/calls", "resetCallCounts", call -> reset(counts)),
                Route.of("DELETE", "/metrics/calls", "resetCallCounts", call -> reset(counts)));
    }

    private static Route counted(Route route, CallCounts counts) {
        return new Route(route.method(), route.template(), route.operation(), call -> {
            counts.count(route.operation());
            return route.handler().handle(call);
        });
    }

    private static Answer reset(CallCounts counts) {
        counts.reset();
        return Answer.done();
    }

    /** Where clients reach the server, such as {@code http://127.0.0.1:8080}. */
    public URI uri() {
        return listener.uri();
    }

    /** What clients may call the warehouse. */
    public String warehouse() {
        return warehouse.root().toString();
    }

    /** What clients of the StarRocks dialect call the catalog. */
    public String catalogName() {
        return starRocks.catalogName();
    }

    /** What users may read of tables: row filters and column masks, set from here only. */
    public QueryAuth queryAuth() {
        return catalog.queryAuth();
    }

    /** Calls by operation since the start or the last reset, such as {@code getTable}. */
    public Map<String, Long> callCounts() {
        return counts.snapshot();
    }

    /** Begins to count calls anew. */
    public void resetCallCounts() {
        counts.reset();
    }

    /** Stops listening, then closes the database. */
    @Override
    public void close() {
        listener.close();
        starRocks.close();
        catalog.close();
        store.close();
    }
}
