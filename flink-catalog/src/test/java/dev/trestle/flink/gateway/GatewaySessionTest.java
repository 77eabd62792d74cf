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
package dev.trestle.flink.gateway;

import static dev.trestle.flink.gateway.ScriptedGateway.body;
import static dev.trestle.flink.gateway.ScriptedGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions, and the calls that are made in one. */
@Timeout(30)
class GatewaySessionTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String SESSION_GONE =
            "a.Outer: x\\nCaused by: a.SqlGatewayException: Session 's' does not exist.";

    @AutoClose
    private final ScriptedGateway gateway = new ScriptedGateway();

    @Test
    void opensASessionWithANameAndPropertiesWhoseTimesAreUtc() {
        try (GatewayClient client = gateway.connected("V4")) {
            gateway.answer("{'sessionHandle':'s'}");

            GatewaySession session = client.openSession(SessionSettings.DEFAULT
                    .withName("nightly")
                    .withProperties(Map.of("execution.runtime-mode", "batch")));

            assertThat(session.handle()).isEqualTo("s");
            RecordedRequest request = gateway.take();
            assertThat(request.getTarget()).isEqualTo("/v4/sessions");
            assertThat(body(request))
                    .isEqualTo(
                            json(
                                    "{'sessionName':'nightly','properties':{'execution.runtime-mode':'batch','table.local-time-zone':'UTC'}}"));
        }
    }

    @Test
    void refusesASessionInAnotherTimeZone() {
        assertThatThrownBy(() -> SessionSettings.DEFAULT.withProperties(Map.of("table.local-time-zone", "Asia/Tokyo")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Asia/Tokyo");
    }

    @Test
    void showsNoneOfItsPropertiesValues() {
        assertThat(SessionSettings.DEFAULT
                        .withProperties(Map.of("s3.secret-key", "abc"))
                        .toString())
                .contains("s3.secret-key")
                .doesNotContain("abc");
    }

    @Test
    void aTimerKeepsTheSessionAliveUntilItIsClosed() {
        try (GatewayClient client = gateway.connected("V4")) {
            gateway.answer("{'sessionHandle':'s'}");
            GatewaySession session = client.openSession(SessionSettings.DEFAULT.withHeartbeat(MINUTE));
            gateway.take();
            gateway.answer("{}");

            gateway.timer().elapse(MINUTE);

            assertThat(gateway.takeLine()).isEqualTo("POST /v4/sessions/s/heartbeat");
            gateway.answer("{'status':'CLOSED'}");
            session.close();
            assertThat(gateway.timer().isIdle()).isTrue();
        }
    }

    @Test
    void aHeartbeatThatIsLostIsFollowedByTheNext() {
        try (GatewayClient client = gateway.connected("V4")) {
            gateway.answer("{'sessionHandle':'s'}");
            client.openSession(SessionSettings.DEFAULT.withHeartbeat(MINUTE));
            gateway.cut();
            gateway.answer("{}");

            gateway.timer().elapse(MINUTE);
            gateway.timer().elapse(MINUTE);

            assertThat(gateway.server().getRequestCount()).isEqualTo(4);
        }
    }

    @Test
    void theHeartbeatEndsWithTheSessionAtTheGateway() {
        try (GatewayClient client = gateway.connected("V4")) {
            gateway.answer("{'sessionHandle':'s'}");
            client.openSession(SessionSettings.DEFAULT.withHeartbeat(MINUTE));
            gateway.fail(SESSION_GONE);

            gateway.timer().elapse(MINUTE);

            assertThat(gateway.timer().isIdle()).isTrue();
        }
    }

    @Test
    void closingTheClientEndsTheHeartbeats() {
        GatewayClient client = gateway.connected("V4");
        gateway.answer("{'sessionHandle':'s'}");
        client.openSession(SessionSettings.DEFAULT);

        client.close();

        assertThat(gateway.timer().isIdle()).isTrue();
    }

    @Test
    void closesASessionOnce() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewaySession session = gateway.session(client);
            gateway.answer("{'status':'CLOSED'}");
            session.close();
            assertThat(gateway.takeLine()).isEqualTo("DELETE /v4/sessions/s");
            int before = gateway.server().getRequestCount();

            session.close();

            assertThat(gateway.server().getRequestCount()).isEqualTo(before);
        }
    }

    @Test
    void knowsThatTheSessionIsGone() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewaySession session = gateway.session(client);
            gateway.fail(SESSION_GONE);
            gateway.fail(SESSION_GONE);
            gateway.fail(SESSION_GONE);

            assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(SessionGoneException.class);
            assertThatThrownBy(session::heartbeat).isInstanceOf(SessionGoneException.class);
            session.close();
        }
    }

    @Test
    void anErrorThatSpeaksOfAnotherSessionIsTheStatements() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewaySession session = gateway.session(client);
            gateway.fail("a.Outer: x\\nCaused by: a.B: Session 'other' does not exist.");

            assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(SqlErrorException.class);
        }
    }

    @Test
    void sendsTheConfigurationOfAStatement() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewaySession session = gateway.session(client);
            gateway.answer("{'operationHandle':'o'}");

            session.execute("SELECT 1", Map.of("parallelism.default", "2"));

            assertThat(body(gateway.take()))
                    .isEqualTo(json("{'statement':'SELECT 1','executionConfig':{'parallelism.default':'2'}}"));
        }
    }

    @Test
    void aSubmissionWhoseAnswerIsLostIsNotSentAgain() {
        gateway.offer("V4");
        try (GatewayClient client = gateway.connect(Map.of("http.max-attempts", "5"))) {
            gateway.take();
            GatewaySession session = gateway.session(client);
            gateway.cut();
            gateway.answer("{'operationHandle':'second'}");
            int before = gateway.server().getRequestCount();

            assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (1)"))
                    .isInstanceOf(SubmissionLostException.class);

            assertThat(gateway.server().getRequestCount() - before).isEqualTo(1);
        }
    }

    @Test
    void refreshesByTheThirdVersionWhateverWasAgreedOn() {
        try (GatewayClient client = gateway.connected("V1", "V2", "V3", "V4")) {
            GatewaySession session = gateway.session(client);
            gateway.answer("{'operationHandle':'o'}");

            GatewayOperation operation = session.refresh(new TableRefresh(
                    "lake.shop.daily sales",
                    Optional.empty(),
                    Map.of("ds", "2026-02-28"),
                    Map.of("sink.parallelism", "2"),
                    Map.of("parallelism.default", "4")));

            assertThat(operation.handle()).isEqualTo("o");
            RecordedRequest request = gateway.take();
            assertThat(request.getTarget())
                    .isEqualTo("/v3/sessions/s/materialized-tables/lake.shop.daily%20sales/refresh");
            assertThat(body(request))
                    .isEqualTo(
                            json(
                                    "{'isPeriodic':false,'staticPartitions':{'ds':'2026-02-28'},"
                                            + "'dynamicOptions':{'sink.parallelism':'2'},'executionConfig':{'parallelism.default':'4'}}"));
        }
    }

    @Test
    void aRefreshOfASchedulerHasItsTime() {
        try (GatewayClient client = gateway.connected("V3")) {
            GatewaySession session = gateway.session(client);
            gateway.answer("{'operationHandle':'o'}");

            session.refresh(new TableRefresh("t", Optional.of("2026-02-28 10:00:00"), Map.of(), Map.of(), Map.of()));

            assertThat(body(gateway.take()))
                    .isEqualTo(json("{'isPeriodic':true,'scheduleTime':'2026-02-28 10:00:00'}"));
        }
    }

    @Test
    void saysThatAGatewayWithoutTheThirdVersionCannotRefresh() {
        try (GatewayClient client = gateway.connected("V1", "V2")) {
            GatewaySession session = gateway.session(client);

            assertThatThrownBy(() -> session.refresh(TableRefresh.of("t")))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("refresh table t")
                    .hasMessageContaining("V3");
        }
    }

    @Test
    void deploysAScriptOrTheAddressOfOne() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewaySession session = gateway.session(client);
            gateway.answer("{'clusterID':'c1'}");
            gateway.answer("{'clusterID':'c2'}");

            assertThat(session.deployScript("SELECT 1;", Map.of("kubernetes.cluster-id", "c1")))
                    .isEqualTo("c1");
            assertThat(session.deployScript(URI.create("s3://b/x.sql"), Map.of()))
                    .isEqualTo("c2");

            RecordedRequest text = gateway.take();
            assertThat(text.getTarget()).isEqualTo("/v4/sessions/s/scripts");
            assertThat(body(text))
                    .isEqualTo(json("{'script':'SELECT 1;','executionConfig':{'kubernetes.cluster-id':'c1'}}"));
            assertThat(body(gateway.take())).isEqualTo(json("{'scriptUri':'s3://b/x.sql'}"));
        }
    }

    @Test
    void saysWhatAnOldVersionCannotDo() {
        try (GatewayClient client = gateway.connected("V1")) {
            GatewaySession session = gateway.session(client);

            assertThatThrownBy(() -> session.configure("USE CATALOG c"))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("execute");
            assertThatThrownBy(() -> session.complete("SEL", 3))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("V1");
            assertThatThrownBy(() -> session.deployScript("SELECT 1;", Map.of()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("V1");
        }
    }
}
