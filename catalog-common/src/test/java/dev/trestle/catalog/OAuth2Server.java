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
package dev.trestle.catalog;

import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.suite.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The embedded server, letting in the tokens of its own token endpoint only. */
final class OAuth2Server implements TestServer {

    static final String SECRET = "hunter2 %secret+";

    private final CatalogServer server;

    OAuth2Server(Path directory, Duration tokenLife, Clock clock) {
        this(options(directory, tokenLife).clock(clock));
    }

    /** Over TLS, with tokens of an hour. */
    OAuth2Server(Path directory, Path keyStore, String password) {
        this(options(directory, Duration.ofHours(1)).tls(keyStore, password));
    }

    private OAuth2Server(ServerOptions.Builder options) {
        this.server = CatalogServer.start(options.build());
    }

    private static ServerOptions.Builder options(Path directory, Duration tokenLife) {
        return ServerOptions.builder(directory.resolve("warehouse"))
                .allow(new Credentials.OAuth2("trestle:client", SECRET, Optional.of("catalog"), tokenLife));
    }

    CatalogServer server() {
        return server;
    }

    @Override
    public Map<String, String> clientOptions() {
        return Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "oauth2",
                "oauth2.server-uri",
                server.uri() + Credentials.OAuth2.PATH,
                "oauth2.client-id",
                "trestle:client",
                "oauth2.client-secret",
                SECRET,
                "oauth2.scope",
                "catalog");
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
