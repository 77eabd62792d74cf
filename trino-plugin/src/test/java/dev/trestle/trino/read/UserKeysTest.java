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
package dev.trestle.trino.read;

import static io.trino.testing.TestingSession.testSessionBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.server.CatalogServer;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.objectstore.TestObjectStore;
import dev.trestle.trino.TrestleConnectorFactory;
import dev.trestle.trino.TrestlePlugin;
import io.trino.Session;
import io.trino.metadata.InternalFunctionBundle;
import io.trino.spi.security.Identity;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that the service vends to users, each for what they may read, where a worker reads for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class UserKeysTest {

    @TempDir
    private static Path directory;

    private TestObjectStore objects;
    private CatalogServer server;
    private FaultProxy proxy;
    private QueryRunner trino;

    @BeforeAll
    void start() throws Exception {
        objects = TestObjectStore.start(directory.resolve("objects"));
        VendedKeysTest.STORE.set(objects);
        server = VendedKeysTest.server(
                directory,
                objects,
                "users",
                VendedKeysTest.LIFE,
                new Credentials.Bearer("token-of-alice"),
                new Credentials.Bearer("token-of-bob"));
        VendedKeysTest.fill(
                Map.of(
                        "uri", server.uri().toString(),
                        "warehouse", server.warehouse(),
                        "data-token.enabled", "true",
                        "token.provider", "bear",
                        "token", "token-of-bob"),
                "t");
        proxy = FaultProxy.start(server.uri());
        trino = DistributedQueryRunner.builder(
                        testSessionBuilder().setCatalog("lake").setSchema("d").build())
                .setWorkerCount(1)
                .addCoordinatorProperty("node-scheduler.include-coordinator", "false")
                .build();
        trino.installPlugin(new TrestlePlugin());
        trino.addFunctions(InternalFunctionBundle.builder()
                .scalars(VendedKeysTest.Waiting.class)
                .build());
        Map<String, String> catalog = VendedKeysTest.catalog(server, proxy.uri(), objects);
        catalog.put("trestle.security", "user-token");
        trino.createCatalog("lake", TrestleConnectorFactory.NAME, catalog);
        catalog.put("trestle.user-token.fallback", "catalog");
        catalog.put("trestle.token.provider", "bear");
        catalog.put("trestle.token", "token-of-alice");
        trino.createCatalog("fallen", TrestleConnectorFactory.NAME, catalog);
    }

    @AfterAll
    void stop() {
        Optional.ofNullable(trino).ifPresent(QueryRunner::close);
        Optional.ofNullable(proxy).ifPresent(FaultProxy::close);
        Optional.ofNullable(server).ifPresent(CatalogServer::close);
        objects.close();
    }

    private Session session(String user) {
        return Session.builder(trino.getDefaultSession())
                .setIdentity(Identity.forUser(user)
                        .withExtraCredentials(Map.of("trestle.token", "token-of-" + user))
                        .build())
                .build();
    }

    /** Who asked for keys, by the tokens that they showed. */
    private List<String> askedForKeys() {
        return proxy.requests().stream()
                .filter(request -> request.path().endsWith("/tables/t/token"))
                .map(request -> request.headers().get("Authorization"))
                .toList();
    }

    @Test
    void aWorkerRenewsAKeyInTheNameOfTheSessionsUser() {
        String sum = "SELECT count(*), sum(id) FROM t";
        trino.execute(session("bob"), sum);
        int before = askedForKeys().size();

        List<Object> row = trino.execute(session("alice"), sum + " WHERE after_the_keys_ended(id)")
                .getMaterializedRows()
                .getFirst()
                .getFields();

        assertThat(row)
                .containsExactly(
                        (long) VendedKeysTest.FILES, (long) VendedKeysTest.FILES * (VendedKeysTest.FILES - 1) / 2);
        assertThat(askedForKeys().subList(before, askedForKeys().size()))
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly("Bearer token-of-alice");
    }

    /** The view is analyzed as its owner, without a token, and so as the catalog, which here is alice. */
    @Test
    void keysForTheTableOfAViewAreAskedForInTheNameOfItsReader() {
        trino.execute(session("bob"), "CREATE VIEW fallen.d.of_t AS SELECT id FROM fallen.d.t");
        int before = askedForKeys().size();

        assertThat(trino.execute(session("bob"), "SELECT count(*), sum(id) FROM fallen.d.of_t")
                        .getRowCount())
                .isEqualTo(1);

        assertThat(askedForKeys().subList(before, askedForKeys().size()))
                .isNotEmpty()
                .containsOnly("Bearer token-of-bob");
    }
}
