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
package dev.trestle.flink;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A catalog server, and on it a catalog {@code c} with a database {@code d}, both current in a batch session. */
abstract class CatalogFixture {

    static final String TOKEN = "open-sesame";

    @TempDir
    Path warehouse;

    CatalogServer server;
    FlinkSession session;
    /** Another client of the same server, which sees nothing of the session's caches. */
    Catalog other;

    @BeforeEach
    void openCatalog() {
        server = CatalogServer.start(ServerOptions.builder(warehouse)
                .allow(new Credentials.Bearer(TOKEN))
                .build());
        session = open(FlinkSession.batch());
        session.run("CREATE DATABASE d").run("USE d");
        Map<String, String> options = new HashMap<>(options());
        options.remove("type");
        options.put("metadata-cache.expire-after", "0 s");
        other = RestCatalog.open(options);
    }

    @AfterEach
    void closeCatalog() throws Exception {
        FlinkCluster.shared().awaitNoJobs();
        other.close();
        session.close();
        server.close();
    }

    /** Makes the catalog known to a session, and current there. */
    FlinkSession open(FlinkSession opened) {
        return opened.useCatalog("c", options());
    }

    /** The options of a catalog on the server. */
    Map<String, String> options() {
        return Map.of(
                "type",
                "trestle",
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "bear",
                "token",
                TOKEN);
    }

    /** As {@link #options}, so that what is known to the catalog expires within no statement, however slow. */
    Map<String, String> remembering() {
        Map<String, String> remembering = new HashMap<>(options());
        remembering.put("metadata-cache.expire-after", "10 min");
        return remembering;
    }

    /** Waits a minute at most, in this thread: Flink's planner has its state in the thread that made the session. */
    static ConditionFactory await() {
        return Awaitility.await().pollInSameThread().atMost(Duration.ofMinutes(1));
    }

    List<String> rows(String query) {
        return session.rows(query);
    }

    /** A table of database {@code d} as it is stored, asked for now. */
    Table stored(String table) throws Catalog.TableNotExistException {
        return other.getTable(Identifier.create("d", table));
    }
}
