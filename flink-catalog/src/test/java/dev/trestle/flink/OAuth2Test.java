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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A catalog over OAuth2 in a cluster, with tokens that end while statements and jobs run. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OAuth2Test {

    private static final String SECRET = "hunter2 %secret+";
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    private CatalogServer server;
    private FlinkSession session;

    @BeforeEach
    void start() throws Exception {
        server = CatalogServer.start(ServerOptions.builder(directory.resolve("warehouse"))
                .allow(new Credentials.OAuth2("flink", SECRET, Optional.of("catalog"), TOKEN_LIFE))
                .build());
        session = FlinkSession.batch();
    }

    @AfterEach
    void stop() {
        FlinkCluster.shared().awaitNoJobs();
        session.close();
        server.close();
    }

    private Map<String, String> options() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        return Map.of(
                "type",
                "trestle",
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "oauth2",
                "oauth2.server-uri",
                server.uri() + Credentials.OAuth2.PATH,
                "oauth2.client-id",
                "flink",
                "oauth2.client-secret",
                "${file:" + secret + "}",
                "oauth2.scope",
                "catalog");
    }

    @Test
    void aStreamGoesOnWhileItsTokensEnd() throws Exception {
        session.useCatalog("c", options())
                .run("CREATE DATABASE d")
                .run("CREATE TABLE d.source (id INT) WITH ('continuous.discovery-interval'='100 ms')")
                .run("CREATE TABLE d.sink (id INT) WITH ('continuous.discovery-interval'='100 ms')");
        FlinkSession streaming = FlinkSession.streaming()
                .set("execution.checkpointing.interval", "100 ms")
                .set("table.dml-sync", "false")
                .useCatalog("c", options());
        TableResult job = streaming.environment().executeSql("INSERT INTO d.sink SELECT id FROM d.source");
        int written = 0;
        try (CloseableIterator<Row> rows =
                streaming.environment().executeSql("SELECT * FROM d.sink").collect()) {
            while (written < 3 || tokens() < 4) {
                session.run("INSERT INTO d.source VALUES (" + ++written + ")");
                assertThat(rows.next().toString()).isEqualTo("+I[" + written + "]");
            }
        } finally {
            job.getJobClient().orElseThrow().cancel().get();
            streaming.close();
        }

        assertThat(session.rows("SELECT COUNT(*) FROM d.sink")).containsExactly("[" + written + "]");
    }

    private long tokens() {
        return server.callCounts().getOrDefault("requestToken", 0L);
    }

    @Test
    void aWrongSecretIsSaidByItsOptionAndNotShown() throws Exception {
        Map<String, String> wrong = new HashMap<>(options());
        wrong.put("oauth2.client-secret", "hunter2-wrong");

        Throwable failure = catchThrowable(() -> session.useCatalog("c", wrong));

        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!String.valueOf(cause.getMessage()).contains("CREATE CATALOG")
                    && !String.valueOf(cause.getMessage()).contains("'type'")) {
                messages.append(cause.getMessage()).append('\n');
            }
        }
        assertThat(messages.toString())
                .contains("invalid_client")
                .contains("'oauth2.client-secret'")
                .doesNotContain("hunter2");
    }
}
