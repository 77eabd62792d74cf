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

import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The catalog server of this module, in this process. */
public final class EmbeddedTestServer implements TestServer {

    private final CatalogServer server;
    private final Map<String, String> authentication;

    private EmbeddedTestServer(CatalogServer server, Map<String, String> authentication) {
        this.server = server;
        this.authentication = authentication;
    }

    /** A server that asks for a bearer token. */
    public static EmbeddedTestServer withToken(Path directory) {
        return withToken(ServerOptions.builder(directory.resolve("warehouse")));
    }

    /** A server that asks for a bearer token, with options of one's own. */
    public static EmbeddedTestServer withToken(ServerOptions.Builder options) {
        String token = "a-token";
        return new EmbeddedTestServer(
                CatalogServer.start(options.allow(new Credentials.Bearer(token)).build()),
                Map.of("token.provider", "bear", "token", token));
    }

    /** The server itself, for its call counts. */
    public CatalogServer server() {
        return server;
    }

    @Override
    public Map<String, String> clientOptions() {
        Map<String, String> options = new HashMap<>(authentication);
        options.put("uri", server.uri().toString());
        options.put("warehouse", server.warehouse());
        return options;
    }

    @Override
    public boolean can(Ability ability) {
        return true;
    }

    @Override
    public void close() {
        server.close();
    }
}
