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
package dev.trestle.e2e.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.flink.gateway.ApiVersion;
import dev.trestle.flink.gateway.Column;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayException;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.OperationGoneException;
import dev.trestle.flink.gateway.OperationStatus;
import dev.trestle.flink.gateway.ResultPage;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.RowKind;
import dev.trestle.flink.gateway.SessionGoneException;
import dev.trestle.flink.gateway.StatementFailedException;
import dev.trestle.flink.gateway.StatementResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's client against a real gateway and a cluster of processes, with nothing but Flink in them. */
@Timeout(300)
class SqlGatewayIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static GatewayClient gateway;

    @BeforeAll
    static void start() {
        processes = new ProcessGroup();
        FlinkCluster cluster = FlinkCluster.start(
                processes,
                new FreePorts(),
                new FlinkDistribution(BuildOutput.find().flinkJars(), List.of()),
                directory,
                Map.of(),
                Map.of());
        gateway = GatewayClient.connect(GatewaySettings.of(cluster.gatewayUri()));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        processes.close();
    }

    @Test
    void agreesOnTheNewestVersion() {
        assertThat(gateway.apiVersion()).isEqualTo(ApiVersion.V4);
        assertThat(gateway.fetchInfo().productName()).isEqualTo("Apache Flink");
    }

    @Test
    void readsValuesOfEveryTypeAsTheyWereWritten() {
        try (GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "batch"))) {
            StatementResult result = session.run(
                    """
                    SELECT TRUE AS a, CAST(1 AS TINYINT) AS b, CAST(-5 AS BIGINT) AS c, CAST(5 AS DECIMAL(10, 2)) AS d,
                      CAST(100000 AS DECIMAL(10, 0)) AS e, CAST('NaN' AS DOUBLE) AS f, 'zażółć' AS g, X'0aff' AS h,
                      DATE '2026-02-28' AS i, TIME '10:11:12' AS j, TIMESTAMP '2026-02-28 10:11:12.123456' AS k,
                      CAST(TIMESTAMP '2026-02-28 10:11:12.5' AS TIMESTAMP_LTZ(3)) AS l, ARRAY[1, 2] AS m,
                      MAP['k', CAST(1.5 AS DECIMAL(3, 1))] AS n, ROW(1, 'x') AS o, INTERVAL '14' MONTH AS p,
                      INTERVAL '1' SECOND AS q, CAST(NULL AS STRING) AS r
                    """,
                    LIMIT);

            assertThat(result.columns())
                    .extracting(Column::name)
                    .startsWith("a", "b")
                    .hasSize(18);
            List<Object> values = result.rows().get(0).values();
            assertThat(values.get(7)).isEqualTo(new byte[] {0x0a, (byte) 0xff});
            assertThat(values.subList(0, 7))
                    .isEqualTo(Arrays.asList(
                            true, 1, -5L, new BigDecimal("5.00"), new BigDecimal("100000"), Double.NaN, "zażółć"));
            assertThat(values.subList(8, 14))
                    .isEqualTo(Arrays.asList(
                            LocalDate.of(2026, 2, 28),
                            LocalTime.of(10, 11, 12),
                            LocalDateTime.parse("2026-02-28T10:11:12.123456"),
                            Instant.parse("2026-02-28T10:11:12.500Z"),
                            List.of(1, 2),
                            Map.of("k", new BigDecimal("1.5"))));
            assertThat(((Map<?, ?>) values.get(14)).values()).hasToString("[1, x]");
            assertThat(values.subList(15, 18))
                    .isEqualTo(Arrays.asList(Period.of(1, 2, 0), Duration.ofSeconds(1), null));
        }
    }

    @Test
    void readsAResultOfManyPages() {
        try (GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "batch"))) {
            session.configure("CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'datagen',"
                    + " 'number-of-rows' = '20000', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',"
                    + " 'fields.n.end' = '20000')");

            StatementResult result = session.run("SELECT n FROM numbers", LIMIT);

            assertThat(result.rows()).hasSize(20_000);
            assertThat(result.rows().stream()
                            .mapToLong(row -> (Long) row.values().get(0))
                            .sum())
                    .isEqualTo(20_000L * 20_001 / 2);
            assertThat(result.jobId()).isPresent();
        }
    }

    @Test
    void tellsChangesOfAStreamApart() {
        try (GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "streaming"))) {
            StatementResult result = session.run("SELECT COUNT(*) FROM (VALUES 1, 2) AS t (x)", LIMIT);

            assertThat(result.rows())
                    .extracting(Row::kind)
                    .containsExactly(RowKind.INSERT, RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER);
        }
    }

    @Test
    void closingAStreamEndsItsJob() {
        try (GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "streaming"))) {
            session.configure("CREATE TEMPORARY TABLE endless (n INT) WITH ('connector' = 'datagen',"
                    + " 'rows-per-second' = '10')");
            GatewayOperation operation = session.execute("SELECT n FROM endless");
            ResultPage page = operation.results().next(LIMIT).orElseThrow();
            assertThat(page.rows()).isNotEmpty();
            assertThat(operation.fetchStatus()).isEqualTo(OperationStatus.FINISHED);
            assertThatThrownBy(operation::cancel).isInstanceOf(GatewayException.class);

            operation.close();
            operation.close();

            assertThatThrownBy(operation::fetchStatus).isInstanceOf(OperationGoneException.class);
        }
    }

    @Test
    void aStatementThatFlinkRefusesFailsWithTheInnermostWords() {
        try (GatewaySession session = gateway.openSession(Map.of())) {
            assertThatThrownBy(() -> session.run("SELECT * FROM nothing_of_this_name", LIMIT))
                    .isInstanceOfSatisfying(StatementFailedException.class, e -> assertThat(e.causeClass())
                            .endsWith("SqlValidatorException"))
                    .hasMessageContaining("nothing_of_this_name");
            assertThatThrownBy(() -> session.configure("SELECT 1")).isInstanceOf(StatementFailedException.class);
        }
    }

    @Test
    void aJobThatFailsIsAFailedStatement() {
        try (GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "batch"))) {
            assertThatThrownBy(() -> session.run("SELECT CAST(x AS INT) FROM (VALUES '1', 'abc') AS t (x)", LIMIT))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("abc");
        }
    }

    @Test
    void aClosedSessionIsGone() {
        GatewaySession session = gateway.openSession(Map.of("pipeline.name", "n"));
        session.heartbeat();
        assertThat(session.fetchProperties())
                .containsEntry("pipeline.name", "n")
                .containsEntry("table.local-time-zone", "UTC");

        session.close();
        session.close();

        assertThatThrownBy(session::heartbeat).isInstanceOf(SessionGoneException.class);
        assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(SessionGoneException.class);
    }
}
