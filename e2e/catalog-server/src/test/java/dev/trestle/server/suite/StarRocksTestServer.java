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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The catalog server of this module, of which a client speaks the StarRocks dialect. */
public final class StarRocksTestServer implements TestServer {

    /** What the standard has no resource for. */
    private static final Set<Ability> LACKED = Set.of(
            Ability.KEEPS_SNAPSHOTS,
            Ability.FINDS_TABLES_BY_ID,
            Ability.LISTS_SNAPSHOTS,
            Ability.REGISTERS_TABLES,
            Ability.KEEPS_PARTITION_MARKS);

    private final EmbeddedTestServer server;

    private StarRocksTestServer(EmbeddedTestServer server) {
        this.server = server;
    }

    /** A server that makes changes when it is asked to. */
    public static StarRocksTestServer atOnce(Path directory) {
        return new StarRocksTestServer(EmbeddedTestServer.withToken(directory));
    }

    /** A server that answers every change with a task. */
    public static StarRocksTestServer later(Path directory) {
        return new StarRocksTestServer(EmbeddedTestServer.withToken(
                ServerOptions.builder(directory.resolve("warehouse")).asynchronous()));
    }

    /** The server itself, for its call counts. */
    public CatalogServer server() {
        return server.server();
    }

    /** What a client of the other dialect needs, of the same server. */
    public Map<String, String> paimonClientOptions() {
        return server.clientOptions();
    }

    /** With leave to write. */
    @Override
    public Map<String, String> clientOptions() {
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.put("protocol", "starrocks");
        options.put("warehouse", server.server().catalogName());
        options.put("starrocks.allow-filesystem-commit", "true");
        return options;
    }

    @Override
    public boolean can(Ability ability) {
        return !LACKED.contains(ability);
    }

    @Override
    public void close() {
        server.close();
    }
}
