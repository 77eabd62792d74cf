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
import java.net.URI;
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

    private TrestleQueryRunner runner;
    private FaultProxy proxy;

    @BeforeAll
    void start() throws Exception {
        EmbeddedTestServer server = TrestleQueryRunner.newServer();
        proxy = FaultProxy.start(URI.create(server.clientOptions().get("uri")));
        runner = TrestleQueryRunner.startBehind(proxy, server);
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
}
