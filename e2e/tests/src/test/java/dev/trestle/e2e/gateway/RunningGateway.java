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
package dev.trestle.e2e.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.flink.gateway.ApiVersion;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** The gateway under test, and what can be seen of it from beside. */
record RunningGateway(FlinkCluster cluster, Path log) {

    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Map<String, String> STREAMING = Map.of("execution.runtime-mode", "streaming");
    private static final Map<String, String> BATCH = Map.of("execution.runtime-mode", "batch");
    private static final Duration A_WHILE = Duration.ofSeconds(6);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    URI uri() {
        return cluster.gatewayUri();
    }

    GatewayClient connect() {
        return GatewayClient.connect(GatewaySettings.of(uri()));
    }

    GatewayClient connect(ApiVersion newest) {
        return GatewayClient.connect(GatewaySettings.of(uri()), newest);
    }

    static GatewaySession batch(GatewayClient client) {
        return open(client, BATCH);
    }

    static GatewaySession streaming(GatewayClient client) {
        return open(client, STREAMING);
    }

    /** A session that the gateway keeps however slow the machine is. */
    static GatewaySession open(GatewayClient client, Map<String, String> properties) {
        return client.openSession(
                SessionSettings.DEFAULT.withProperties(properties).withHeartbeat(Duration.ofSeconds(3)));
    }

    /** What the JobManager says of a job, such as {@code RUNNING}. */
    String stateOf(String jobId) {
        return ask("/jobs/" + jobId).path("state").asText();
    }

    /** The same of the job with this name; {@code none} while there is none. */
    String stateOfJobNamed(String name) {
        return jobNamed(name).map(job -> job.path("state").asText()).orElse("none");
    }

    /**
     * Whether a job with this name has run for six seconds: by then the gateway, whose answer to the job's submission
     * may come after the job has begun, waits for the job's end, also where it stood still for some of them.
     */
    boolean hasRunForAWhile(String name) {
        return jobNamed(name)
                .filter(job -> job.path("state").asText().equals("RUNNING"))
                .filter(job -> job.path("duration").asLong() > A_WHILE.toMillis())
                .isPresent();
    }

    private Optional<JsonNode> jobNamed(String name) {
        return StreamSupport.stream(ask("/jobs/overview").path("jobs").spliterator(), false)
                .filter(job -> job.path("name").asText().equals(name))
                .findFirst();
    }

    private JsonNode ask(String path) {
        try {
            return new JsonMapper()
                    .readTree(HTTP.send(
                                    HttpRequest.newBuilder(cluster.restUri().resolve(path))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean logSays(String text) {
        try {
            return Files.readString(log).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks until it is so. The test's own time limit is the bound. */
    static void await(BooleanSupplier condition) {
        Awaitility.await()
                .forever()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_AGAIN)
                .until(condition::getAsBoolean);
    }
}
