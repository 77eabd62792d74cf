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

import static io.trino.testing.TransactionBuilder.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.suite.EmbeddedTestServer;
import io.trino.Session;
import io.trino.spi.security.Identity;
import io.trino.testing.QueryRunner;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs that speak to the service as the session's user. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class UserTokenTest {

    private static final String TOKENS = "tokens";
    private static final String BOTH = "both";

    @TempDir
    private static Path directory;

    private TrestleQueryRunner runner;
    private FaultProxy proxy;

    @BeforeAll
    void start() throws Exception {
        EmbeddedTestServer server = EmbeddedTestServer.withToken(ServerOptions.builder(directory.resolve("warehouse"))
                .allow(new Credentials.Bearer("token-of-alice"))
                .allow(new Credentials.Bearer("token-of-bob")));
        runner = TrestleQueryRunner.start(server, 1, Map.of());
        Lake.in(runner, "shop").createKeyed("orders");
        proxy = FaultProxy.start(URI.create(server.clientOptions().get("uri")));
        Map<String, String> both = new HashMap<>(TrestleQueryRunner.catalogProperties(server));
        both.put("trestle.uri", proxy.uri().toString());
        both.put("trestle.security", "user-token");
        both.put("trestle.user-token.fallback", "catalog");
        both.put("trestle.metadata-cache.expire-after", "0 s");
        runner.trino().createCatalog(BOTH, TrestleConnectorFactory.NAME, both);
        Map<String, String> tokens = new HashMap<>(TrestleQueryRunner.catalogProperties(server));
        tokens.remove("trestle.token");
        tokens.remove("trestle.token.provider");
        tokens.put("trestle.security", "user-token");
        tokens.put("trestle.user-token.max-identities", "2");
        runner.trino().createCatalog(TOKENS, TrestleConnectorFactory.NAME, tokens);
    }

    @AfterAll
    void stop() {
        runner.close();
        proxy.close();
    }

    private Session session(String user, Optional<String> token) {
        Identity.Builder identity = Identity.forUser(user);
        token.ifPresent(value -> identity.withExtraCredentials(Map.of("trestle.token", value)));
        return Session.builder(runner.trino().getDefaultSession())
                .setIdentity(identity.build())
                .build();
    }

    private Object count(String catalog, Session session) {
        return runner.trino()
                .execute(session, "SELECT count(*) FROM " + catalog + ".shop.orders")
                .getOnlyValue();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refusal(String catalog, Session session) {
        return assertThatThrownBy(() -> count(catalog, session));
    }

    @Test
    void aUserSpeaksWithATokenOfTheSession() {
        assertThat(count(TOKENS, session("alice", Optional.of("token-of-alice"))))
                .isEqualTo(0L);
        assertThat(count(TOKENS, session("bob", Optional.of("token-of-bob")))).isEqualTo(0L);
    }

    @Test
    void aSessionWithoutATokenIsRefused() {
        refusal(TOKENS, session("alice", Optional.empty()))
                .hasMessageContaining("session of user 'alice' carries none")
                .hasMessageContaining("extra credential 'trestle.token'");
    }

    @Test
    void aSessionWithoutATokenFallsBackToTheCatalogsOwn() {
        assertThat(count(BOTH, session("alice", Optional.empty()))).isEqualTo(0L);
    }

    @Test
    void aViewIsReadWithTheTokenOfTheReaderWhereItSaysSo() {
        Session alice = session("alice", Optional.of("token-of-alice"));
        String select = "SELECT * FROM tokens.shop.of_owner";
        runner.trino().execute(alice, "CREATE VIEW tokens.shop.of_owner AS SELECT id FROM tokens.shop.orders");
        assertThatThrownBy(() -> runner.trino().execute(alice, select)).hasMessageContaining("SECURITY INVOKER");

        runner.trino()
                .execute(
                        alice,
                        "CREATE OR REPLACE VIEW tokens.shop.of_owner SECURITY INVOKER AS"
                                + " SELECT id FROM tokens.shop.orders");

        assertThat(runner.trino().execute(alice, select).getRowCount()).isZero();
    }

    /** Trino analyzes a function as its owner, and looks up those that it calls as who runs the query. */
    @Test
    void aFunctionIsFoundWithTheTokenOfWhoCallsItWhoeverOwnsIt() {
        Session alice = session("alice", Optional.of("token-of-alice"));
        runner.trino().execute(alice, "CREATE FUNCTION tokens.shop.same(x bigint) RETURNS bigint RETURN x");
        runner.trino()
                .execute(
                        alice,
                        "CREATE FUNCTION tokens.shop.twice(x bigint) RETURNS bigint RETURN tokens.shop.same(x) * 2");

        assertThat(runner.trino()
                        .execute(session("bob", Optional.of("token-of-bob")), "SELECT tokens.shop.twice(21)")
                        .getOnlyValue())
                .isEqualTo(42L);
    }

    /** The optimizer and the scan ask as the reader of a view, whoever owns it. */
    @Test
    void aViewIsAnalyzedAsTheCatalogAndItsTableIsReadWithTheTokenOfTheReader() throws Exception {
        Lake lake = Lake.in(runner, "shop");
        lake.createKeyed("guarded", "query-auth.enabled", "true");
        runner.trino()
                .execute(
                        session("alice", Optional.empty()),
                        "CREATE VIEW both.shop.of_guarded AS SELECT id FROM both.shop.guarded");
        lake.commit("guarded", 1L, "tea");
        int before = proxy.requests().size();

        assertThat(runner.trino()
                        .execute(
                                session("bob", Optional.of("token-of-bob")),
                                "SELECT id FROM both.shop.of_guarded WHERE id > 0")
                        .getOnlyValue())
                .isEqualTo(1L);

        Map<String, Set<String>> askers = new TreeMap<>();
        proxy.requests().stream()
                .skip(before)
                .filter(request -> request.path().contains("/tables/guarded"))
                .forEach(request -> askers.computeIfAbsent(
                                request.path().replaceFirst(".*/tables/guarded", ""), unused -> new TreeSet<>())
                        .add(request.headers().get("Authorization")));
        String catalogs = "Bearer " + runner.server().clientOptions().get("token");
        assertThat(askers)
                .containsEntry("", Set.of(catalogs))
                .containsEntry("/snapshot", Set.of("Bearer token-of-bob"))
                .containsEntry("/auth", Set.of("Bearer token-of-bob"));
    }

    /** The body of the view is analyzed as the catalog, and the table beside it as bob. */
    @Test
    void whatAViewMayDescribeTellsItsReaderNothingOfTheTable() {
        runner.trino()
                .execute(
                        session("alice", Optional.empty()),
                        "CREATE VIEW both.shop.counted AS SELECT count(*) AS orders FROM both.shop.orders");
        Session bob = session("bob", Optional.of("token-of-bob"));
        proxy.inject(
                Fault.answer(403),
                request -> request.path().endsWith("/tables/orders")
                        && "Bearer token-of-bob".equals(request.headers().get("Authorization")),
                0,
                Integer.MAX_VALUE);

        assertThat(runner.trino()
                        .execute(bob, "SELECT orders FROM both.shop.counted")
                        .getOnlyValue())
                .isEqualTo(0L);
        assertThatThrownBy(() -> runner.trino()
                        .execute(bob, "SELECT id, orders FROM both.shop.counted CROSS JOIN both.shop.orders"))
                .hasMessageContaining("Table shop.orders has no permission");
        proxy.clear();
    }

    @Test
    void aTokenThatTheServiceRefusesNeverFallsBack() {
        refusal(BOTH, session("mallory", Optional.of("token-of-mallory")))
                .hasMessageContaining("refuses the token of user 'mallory'")
                .hasMessageNotContaining("token-of-mallory");
    }

    /** It would let users read this server's variables and files. */
    @Test
    void aTokenIsNoReference() {
        refusal(BOTH, session("mallory", Optional.of("${file:/etc/hostname}")))
                .hasMessageContaining("is no token")
                .hasMessageNotContaining("/etc/hostname");
    }

    @Test
    void clientsOfUsersAreBoundedAndCounted() throws Exception {
        count(TOKENS, session("alice", Optional.of("token-of-alice")));
        count(TOKENS, session("bob", Optional.of("token-of-bob")));
        count(TOKENS, session("carol", Optional.of("token-of-bob")));

        assertThat((int) attribute(TOKENS, "Clients")).isBetween(1, 2);
        assertThat((long) attribute(TOKENS, "Calls")).isPositive();
        TabularData operations = (TabularData) attribute(TOKENS, "Operations");
        assertThat(operations.containsKey(new Object[] {"getTable"})).isTrue();
    }

    /** Another client would know of a later snapshot. */
    @Test
    void aTransactionReadsOneSnapshotAlsoWhereItsClientIsGivenUpForOthers() throws Exception {
        Lake lake = Lake.in(runner, "shop");
        lake.createKeyed("kept");
        lake.commit("kept", 1L, "tea");
        String count = "SELECT count(*) FROM tokens.shop.kept";
        QueryRunner trino = runner.trino();

        transaction(trino.getTransactionManager(), trino.getPlannerContext().getMetadata(), trino.getAccessControl())
                .execute(session("alice", Optional.of("token-of-alice")), session -> {
                    assertThat(trino.execute(session, count).getOnlyValue()).isEqualTo(1L);
                    commitAnother(lake);
                    for (String other : List.of("carol", "dave", "eve")) {
                        count(TOKENS, session(other, Optional.of("token-of-bob")));
                    }

                    assertThat(trino.execute(session, count).getOnlyValue()).isEqualTo(1L);
                });

        assertThat(trino.execute(session("alice", Optional.of("token-of-alice")), count)
                        .getOnlyValue())
                .isEqualTo(2L);
    }

    private static void commitAnother(Lake lake) {
        try {
            lake.commit("kept", 2L, "salt");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object attribute(String catalog, String name) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> found = beans.queryNames(new ObjectName("trino.plugin.trestle.metrics:*"), null);
        List<ObjectName> ofCatalog = found.stream()
                .filter(bean -> bean.toString().contains("name=" + catalog))
                .toList();
        assertThat(ofCatalog).as("%s", found).hasSize(1);
        return beans.getAttribute(ofCatalog.getFirst(), name);
    }
}
