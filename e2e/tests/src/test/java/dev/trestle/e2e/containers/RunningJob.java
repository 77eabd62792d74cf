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
package dev.trestle.e2e.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a JobManager's REST endpoint tells of one job. */
final class RunningJob {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI jobManager;
    private final String id;

    private RunningJob(HttpClient http, URI jobManager, String id) {
        this.http = http;
        this.jobManager = jobManager;
        this.id = id;
    }

    /** Finds the one running job whose name has this in it. */
    static RunningJob find(URI jobManager, String namePart) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        JsonNode overview = get(http, jobManager.resolve("/jobs/overview"));
        JsonNode job = items(overview.path("jobs"))
                .filter(item -> item.path("state").asText().equals("RUNNING"))
                .filter(item -> item.path("name").asText().contains(namePart))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No running job is named so: " + overview));
        return new RunningJob(http, jobManager, job.path("jid").asText());
    }

    /** The TaskManagers that its tasks run on. */
    Set<String> fetchTaskManagers() throws IOException, InterruptedException {
        Set<String> taskManagers = new TreeSet<>();
        for (JsonNode vertex : get("").path("vertices")) {
            items(get("/vertices/" + vertex.path("id").asText() + "/taskmanagers")
                            .path("taskmanagers"))
                    .forEach(
                            item -> taskManagers.add(item.path("taskmanager-id").asText()));
        }
        return taskManagers;
    }

    /** How many failures it has survived. */
    int fetchFailures() throws IOException, InterruptedException {
        return get("/exceptions").path("exceptionHistory").path("entries").size();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return get(http, jobManager.resolve("/jobs/" + id + path));
    }

    private static JsonNode get(HttpClient http, URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("The JobManager answered " + response.statusCode() + " to GET " + uri.getPath());
        }
        return JSON.readTree(response.body());
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
