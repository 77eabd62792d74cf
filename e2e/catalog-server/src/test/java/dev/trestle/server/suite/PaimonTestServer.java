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
package dev.trestle.server.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.paimon.rest.RESTCatalogServer;
import org.apache.paimon.rest.auth.BearTokenAuthProvider;
import org.apache.paimon.rest.responses.ConfigResponse;

/**
 * The server that Paimon's own tests use, in memory: an independent reading of the protocol. Its class path needs
 * {@code paimon-core}'s test jar, OkHttp's MockWebServer and JUnit 4.
 */
public final class PaimonTestServer implements TestServer {

    private static final String WAREHOUSE = "warehouse";
    private static final String TOKEN = "a-token";

    private final RESTCatalogServer server;

    private PaimonTestServer(RESTCatalogServer server) {
        this.server = server;
    }

    /** A server that asks for a bearer token. */
    public static PaimonTestServer withToken(Path directory) {
        ConfigResponse config = new ConfigResponse(Map.of("prefix", "paimon", "warehouse", WAREHOUSE), Map.of());
        RESTCatalogServer server = new RESTCatalogServer(
                directory.resolve(WAREHOUSE).toString(), new BearTokenAuthProvider(TOKEN), config, WAREHOUSE);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PaimonTestServer(server);
    }

    @Override
    public Map<String, String> clientOptions() {
        return Map.of("uri", server.getUrl(), "warehouse", WAREHOUSE, "token.provider", "bear", "token", TOKEN);
    }

    @Override
    public boolean can(Ability ability) {
        return ability == Ability.KEEPS_SNAPSHOTS || ability == Ability.FINDS_TABLES_BY_ID;
    }

    @Override
    public void close() {
        try {
            server.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
