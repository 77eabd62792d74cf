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
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** One Flink cluster for all tests of this process, started when it is first needed and ended with the process. */
final class FlinkCluster {

    private static FlinkCluster shared;

    private final MiniCluster cluster;
    private final URI rest;

    private FlinkCluster(MiniCluster cluster, URI rest) {
        this.cluster = cluster;
        this.rest = rest;
    }

    static synchronized FlinkCluster shared() {
        if (shared == null) {
            shared = start();
            ClusterEnvironment.install(shared);
        }
        return shared;
    }

    private static FlinkCluster start() {
        Configuration configuration = new Configuration();
        configuration.setString("rest.bind-address", "127.0.0.1");
        configuration.setString("rest.address", "127.0.0.1");
        configuration.setString("rest.bind-port", "0");
        configuration.setString("taskmanager.memory.network.min", "64mb");
        configuration.setString("taskmanager.memory.network.max", "64mb");
        configuration.setString("taskmanager.memory.managed.size", "128mb");
        CollectedMetrics.configure(configuration);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .build());
        try {
            cluster.start();
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> cluster.closeAsync().join()));
            return new FlinkCluster(cluster, cluster.getRestAddress().get());
        } catch (Exception e) {
            throw new IllegalStateException("Could not start the Flink cluster", e);
        }
    }

    /** Sends the jobs of a session to this cluster. */
    void use(Configuration session) {
        session.setString("execution.target", "remote");
        session.setString("rest.address", rest.getHost());
        session.setString("rest.port", Integer.toString(rest.getPort()));
        // As a SQL Gateway has it: without it a procedure answers before its job has ended.
        session.setString("execution.attached", "true");
    }

    /**
     * Waits until every job has ended: one that still writes makes files where a test's directory is being removed.
     * Cancelling a job, or closing the rows of one, only asks for its end.
     */
    void awaitNoJobs() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(running()).as("jobs that run").isEmpty());
    }

    private List<JobStatusMessage> running() {
        return cluster.listJobs().join().stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .toList();
    }

    /** What is in each kind of task of a job, such as {@code Source: t -> Map}. */
    List<String> tasks(String jobId) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(rest.resolve("/jobs/" + jobId))
                .timeout(Duration.ofSeconds(30))
                .build();
        String job = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        List<String> tasks = new ArrayList<>();
        new ObjectMapper()
                .readTree(job)
                .path("vertices")
                .forEach(vertex -> tasks.add(vertex.path("name").asText()));
        return tasks;
    }

    /** Stops a job that would go on forever. */
    void cancel(String jobId) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(rest.resolve("/jobs/" + jobId + "?mode=cancel"))
                .timeout(Duration.ofSeconds(30))
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 202) {
            throw new IllegalStateException("Job " + jobId + " could not be cancelled: HTTP " + status);
        }
    }
}
