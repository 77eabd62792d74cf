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
package dev.trestle.trino;

import static io.trino.testing.TestingSession.testSessionBuilder;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.suite.EmbeddedTestServer;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A Trino of several nodes in this process, with the catalog {@code lake} over an embedded catalog server. */
public final class TrestleQueryRunner implements AutoCloseable {

    public static final String CATALOG = "lake";
    public static final String SCHEMA = "tpch";

    private final EmbeddedTestServer server;
    private final QueryRunner trino;

    private TrestleQueryRunner(EmbeddedTestServer server, QueryRunner trino) {
        this.server = server;
        this.trino = trino;
    }

    /** One node, and no table. */
    public static TrestleQueryRunner start() {
        return start(1, Map.of());
    }

    /** @param properties of the catalog, beside those that reach the server */
    public static TrestleQueryRunner start(int nodes, Map<String, String> properties) {
        return start(newServer(), nodes, properties);
    }

    /** A server for {@link #start(EmbeddedTestServer, int, Map)}. */
    public static EmbeddedTestServer newServer() {
        return EmbeddedTestServer.withToken(temporaryDirectory());
    }

    /** @param server closed with the query runner */
    public static TrestleQueryRunner start(EmbeddedTestServer server, int nodes, Map<String, String> properties) {
        return start(server, nodes, properties, Map.of());
    }

    /** One node, whose plugin reaches the server through a proxy and gives up soon where nobody listens. */
    public static TrestleQueryRunner startBehind(FaultProxy proxy, EmbeddedTestServer server) {
        return start(server, 1, Map.of("trestle.uri", proxy.uri().toString(), "trestle.http.max-attempts", "4"));
    }

    /**
     * @param server closed with the query runner
     * @param ofNodes what Trino's own configuration has beside its defaults
     */
    static TrestleQueryRunner start(
            EmbeddedTestServer server, int nodes, Map<String, String> properties, Map<String, String> ofNodes) {
        try {
            QueryRunner trino = DistributedQueryRunner.builder(testSessionBuilder()
                            .setCatalog(CATALOG)
                            .setSchema(SCHEMA)
                            .build())
                    .setWorkerCount(nodes - 1)
                    .setExtraProperties(ofNodes)
                    .build();
            trino.installPlugin(new TrestlePlugin());
            Map<String, String> catalog = new HashMap<>(catalogProperties(server));
            catalog.putAll(properties);
            trino.createCatalog(CATALOG, TrestleConnectorFactory.NAME, catalog);
            return new TrestleQueryRunner(server, trino);
        } catch (Exception e) {
            server.close();
            throw new IllegalStateException("Trino does not start", e);
        }
    }

    /** The properties of a catalog that reaches a server. */
    public static Map<String, String> catalogProperties(EmbeddedTestServer server) {
        Map<String, String> properties = new HashMap<>();
        server.clientOptions().forEach((key, value) -> properties.put("trestle." + key, value));
        properties.put("fs.local.enabled", "true");
        properties.put("local.location", "/");
        return properties;
    }

    public QueryRunner trino() {
        return trino;
    }

    public EmbeddedTestServer server() {
        return server;
    }

    /** Another client of the same server, which remembers nothing. */
    public RestCatalog otherClient() {
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.put("metadata-cache.expire-after", "0 s");
        return RestCatalog.open(options);
    }

    /** Cancels every query that runs. */
    public void cancelAll() {
        var queries = ((DistributedQueryRunner) trino).getCoordinator().getQueryManager();
        queries.getQueries().stream()
                .filter(query -> !query.getState().isDone())
                .forEach(query -> queries.cancelQuery(query.getQueryId()));
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("trestle-trino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        trino.close();
        server.close();
    }
}
