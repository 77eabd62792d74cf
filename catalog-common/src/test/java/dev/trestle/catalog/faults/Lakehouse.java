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

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.suite.EmbeddedTestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A server, a proxy before it that does harm, a client that goes through the proxy, and one that does not. */
final class Lakehouse implements AutoCloseable {

    private final EmbeddedTestServer server;
    private final Dialect dialect;
    private final FaultProxy proxy;
    private final RestCatalog direct;

    Lakehouse(Path directory) {
        this(EmbeddedTestServer.withToken(directory), Dialect.PAIMON);
    }

    /** @param dialect of the client that goes through the proxy */
    Lakehouse(EmbeddedTestServer server, Dialect dialect) {
        this.server = server;
        this.dialect = dialect;
        proxy = FaultProxy.start(URI.create(server.clientOptions().get("uri")));
        direct = RestCatalog.open(options(server.clientOptions().get("uri"), Map.of()));
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** Sees what the server holds. */
    RestCatalog direct() {
        return direct;
    }

    /** A client of its own, which has made no connection yet but one, and gives up soon. */
    RestCatalog throughProxy() {
        return throughProxy(Map.of());
    }

    RestCatalog throughProxy(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "http.call-timeout", "1 s",
                "http.connect-timeout", "1 s",
                "http.deadline", "2500 ms",
                "metadata-cache.expire-after", "1 s",
                "header.x-client", UUID.randomUUID().toString()));
        if (dialect == Dialect.STARROCKS) {
            all.put("warehouse", server.server().catalogName());
        }
        all.putAll(dialect.clientOptions());
        all.putAll(more);
        return RestCatalog.open(options(proxy.uri().toString(), all));
    }

    String token() {
        return server.clientOptions().get("token");
    }

    String newDatabase() throws Exception {
        String name = "db_" + UUID.randomUUID().toString().substring(0, 8);
        direct.createDatabase(name, false);
        return name;
    }

    private Map<String, String> options(String uri, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.put("uri", uri);
        options.put("metadata-cache.expire-after", "0 s");
        options.putAll(more);
        return options;
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
    }
}
