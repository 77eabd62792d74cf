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
import java.util.Map;
import java.util.Optional;

/** The embedded server, asking for signatures of Alibaba Cloud DLF, which it checks with Paimon's own signers. */
final class DlfServer implements TestServer {

    static final String SECRET = "hunter2-secret";

    private final CatalogServer server;
    private final String algorithm;

    DlfServer(Path directory, String algorithm, Clock clock) {
        this.algorithm = algorithm;
        this.server = CatalogServer.start(ServerOptions.builder(directory.resolve("warehouse"))
                .allow(new Credentials.Dlf("key-id", SECRET, Optional.of("hunter2-token")))
                .clock(clock)
                .build());
    }

    @Override
    public Map<String, String> clientOptions() {
        return Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "dlf",
                "dlf.region",
                "cn-hangzhou",
                "dlf.access-key-id",
                "key-id",
                "dlf.access-key-secret",
                SECRET,
                "dlf.security-token",
                "hunter2-token",
                "dlf.signing-algorithm",
                algorithm);
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
