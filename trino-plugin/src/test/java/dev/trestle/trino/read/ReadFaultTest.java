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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.fault.ProxiedRequest;
import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.trino.TrestleQueryRunner;
import io.trino.metadata.InternalFunctionBundle;
import io.trino.spi.function.ScalarFunction;
import io.trino.spi.function.SqlType;
import io.trino.spi.type.StandardTypes;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a query says when the service goes away in the middle of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class ReadFaultTest {

    private static final AtomicReference<FaultProxy> PROXY = new AtomicReference<>();

    private TrestleQueryRunner runner;
    private FaultProxy proxy;

    /** Takes the service away when a row is read. */
    public static final class GoingDown {

        private GoingDown() {}

        /** True for each row. */
        @ScalarFunction(value = "service_goes_down", deterministic = false)
        @SqlType(StandardTypes.BOOLEAN)
        public static boolean serviceGoesDown(@SqlType(StandardTypes.INTEGER) long row) {
            PROXY.get().goDown();
            return true;
        }
    }

    @BeforeAll
    void start() throws Exception {
        EmbeddedTestServer server = TrestleQueryRunner.newServer();
        proxy = FaultProxy.start(URI.create(server.clientOptions().get("uri")));
        runner = TrestleQueryRunner.startBehind(proxy, server);
        PROXY.set(proxy);
        runner.trino()
                .addFunctions(InternalFunctionBundle.builder()
                        .scalars(GoingDown.class)
                        .build());
        runner.trino().execute("CREATE SCHEMA f");
    }

    @AfterEach
    void repair() {
        proxy.clear();
        proxy.revive();
    }

    @AfterAll
    void stop() {
        runner.close();
        proxy.close();
    }

    @Test
    void aServiceThatGoesDownBetweenTheCallsOfAQueryIsNamedWithTheTable() {
        runner.trino().execute("CREATE TABLE f.t AS SELECT 1 AS k");
        proxy.inject(Fault.goDown(), ProxiedRequest.that("GET", "/snapshot$"));

        assertThatThrownBy(() -> runner.trino().execute("SELECT k FROM f.t"))
                .hasMessageContaining("f.t")
                .hasMessageContaining(proxy.uri().getHost() + ":" + proxy.uri().getPort());

        proxy.revive();
        assertThat(runner.trino().execute("SELECT k FROM f.t").getOnlyValue()).isEqualTo(1);
    }

    @Test
    void rowsAreReadToTheEndThoughTheServiceGoesDownMeanwhile() {
        runner.trino()
                .execute("CREATE TABLE f.parts WITH (partitioned_by = ARRAY['p']) AS"
                        + " SELECT n AS k, n AS p FROM UNNEST(sequence(1, 20)) t(n)");

        assertThat(runner.trino()
                        .execute("SELECT sum(k) FROM f.parts WHERE service_goes_down(CAST(k AS integer))")
                        .getOnlyValue())
                .isEqualTo(210L);

        assertThatThrownBy(() -> runner.trino().execute("SELECT k FROM f.parts"))
                .as("it is down")
                .hasMessageContaining(proxy.uri().getHost() + ":" + proxy.uri().getPort());
    }
}
