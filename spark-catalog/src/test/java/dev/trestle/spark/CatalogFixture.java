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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.fault.InjectedFault;
import dev.trestle.server.fault.ProxiedRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** A catalog server, and on it a catalog with a database {@code d}, both current in a session of Spark in this process. */
abstract class CatalogFixture {

    static final String TOKEN = "open-sesame";
    static final Predicate<ProxiedRequest> COMMIT = ProxiedRequest.that("POST", "/commit$");

    @TempDir
    Path warehouse;

    CatalogServer server;
    SparkTestSession session;
    /** Another client of the same server, which sees nothing of the session's caches. */
    Catalog other;

    @BeforeEach
    void openCatalog() {
        server = CatalogServer.start(ServerOptions.builder(warehouse)
                .allow(new Credentials.Bearer(TOKEN))
                .build());
        session = SparkTestSession.open(options());
        session.run("CREATE DATABASE d").run("USE d");
        Map<String, String> options = new HashMap<>(options());
        options.put("metadata-cache.expire-after", "0 s");
        other = RestCatalog.open(options);
    }

    @AfterEach
    void closeCatalog() throws Exception {
        other.close();
        session.close();
        server.close();
    }

    /** The options of a catalog on the server. */
    Map<String, String> options() {
        return Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "bear",
                "token",
                TOKEN);
    }

    SparkTestSession run(String statement) {
        return session.run(statement);
    }

    List<String> rows(String query) {
        return session.rows(query);
    }

    /** A table of database {@code d} as it is stored, asked for now. */
    FileStoreTable stored(String table) throws Catalog.TableNotExistException {
        return (FileStoreTable) other.getTable(Identifier.create("d", table));
    }

    /** What a statement throws before whose commit another one begins and ends. */
    Optional<Throwable> runAsOvertaken(String slow, String fast) {
        return runAsOvertaken(slow, fast, COMMIT);
    }

    /** @param when the request of the slow statement that the other one comes before */
    Optional<Throwable> runAsOvertaken(String slow, String fast, Predicate<ProxiedRequest> when) {
        return runAsOvertaken(session -> session.run(slow), fast, when);
    }

    /** @param slow what it does in a session that is slow */
    Optional<Throwable> runAsOvertaken(
            ThrowingConsumer<SparkTestSession> slow, String fast, Predicate<ProxiedRequest> when) {
        try (FaultProxy proxy = FaultProxy.start(server.uri())) {
            Map<String, String> options = new HashMap<>(options());
            options.put("uri", proxy.uri().toString());
            SparkTestSession overtaken = SparkTestSession.open(options).run("USE d");
            InjectedFault meanwhile = proxy.inject(Fault.meanwhile(() -> run(fast)), when);
            Optional<Throwable> failure = Optional.ofNullable(catchThrowable(() -> slow.accept(overtaken)));
            assertThat(meanwhile.hits()).isEqualTo(1);
            return failure;
        }
    }
}
