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
package dev.trestle.e2e.spark;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ReadinessProbe;
import dev.trestle.e2e.server.CatalogServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A driver that was started as {@code spark-submit} starts one, and takes statements. It ends with its {@link ProcessGroup}. */
public final class SparkDriver {

    /** The class of the catalog that a user of Spark 4.2 names. */
    public static final String CATALOG = "dev.trestle.spark.TrestleCatalog";

    /** The name of the process. */
    public static final String NAME = "Spark driver";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(3);
    private static final Duration MEASURED_LIMIT = Duration.ofMinutes(15);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final ManagedProcess process;

    private record Answer(
            List<String> columns,
            List<List<Object>> rows,
            String error,
            long nanos,
            long cpuNanos,
            long planningMillis) {

        SparkResult result() {
            return new SparkResult(columns, rows);
        }
    }

    private SparkDriver(URI uri, ManagedProcess process) {
        this.uri = uri;
        this.process = process;
    }

    /**
     * A program to submit.
     *
     * @param master such as {@code local[2]}
     * @param jars what the user gives as {@code --jars}
     * @param program the jar with the program that takes statements
     * @param settings what the user gives as {@code --conf}
     */
    public record Submission(String master, List<Path> jars, Path program, Map<String, String> settings) {

        public Submission {
            requireNonNull(master, "master is null");
            jars = List.copyOf(jars);
            requireNonNull(program, "program is null");
            settings = Map.copyOf(settings);
        }

        private List<String> jvmOptions() {
            List<String> options =
                    new ArrayList<>(List.of("-Xmx" + settings.getOrDefault("spark.driver.memory", "768m")));
            Optional.ofNullable(settings.get("spark.driver.extraJavaOptions"))
                    .ifPresent(given -> options.addAll(List.of(given.split(" "))));
            return options;
        }

        /** What {@code spark-submit} is given. */
        private List<String> arguments(String mainClass, List<String> programArguments) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--master",
                    master,
                    "--conf",
                    "spark.driver.host=127.0.0.1",
                    "--conf",
                    "spark.driver.bindAddress=127.0.0.1",
                    "--conf",
                    "spark.executor.memory=640m",
                    "--conf",
                    "spark.sql.shuffle.partitions=2",
                    "--conf",
                    "spark.sql.session.timeZone=UTC",
                    "--conf",
                    "spark.ui.enabled=false"));
            settings.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
            arguments.addAll(List.of(
                    "--jars",
                    jars.stream().map(Path::toString).collect(Collectors.joining(",")),
                    "--class",
                    mainClass,
                    program.toString()));
            arguments.addAll(programArguments);
            return arguments;
        }
    }

    /**
     * Starts a driver and returns when it takes statements. It has the heap of {@code spark.driver.memory}, or a small one, and
     * what {@code spark.driver.extraJavaOptions} say, which {@code spark-submit} gives to the JVM that it starts.
     */
    public static SparkDriver start(ProcessGroup group, FreePorts ports, SparkHome home, Submission submission) {
        requireNonNull(group, "group is null");
        int port = ports.next();
        URI uri = URI.create("http://127.0.0.1:" + port);
        ManagedProcess process = group.start(home.submit(
                NAME,
                submission.jvmOptions(),
                submission.arguments("dev.trestle.spark.server.StatementServer", List.of(Integer.toString(port)))));
        process.awaitReady(ReadinessProbe.http(uri.resolve("/health")), START_TIMEOUT);
        return new SparkDriver(uri, process);
    }

    /** Ends the process at once, without a chance to clean up, and returns when it is gone. */
    public void kill() {
        process.handle().destroyForcibly();
        process.handle().onExit().join();
    }

    /**
     * The settings of a catalog {@code lake} over a catalog server of this machine.
     *
     * @param className the class of the catalog for the release of Spark
     */
    public static Map<String, String> lake(String className, CatalogServerProcess server) {
        return catalog("lake", className, server);
    }

    /** As {@link #lake}, by another name. */
    static Map<String, String> catalog(String name, String className, CatalogServerProcess server) {
        String catalog = "spark.sql.catalog." + name;
        return Map.of(
                catalog,
                className,
                catalog + ".uri",
                server.uri().toString(),
                catalog + ".warehouse",
                server.warehouse(),
                catalog + ".token.provider",
                "bear",
                catalog + ".token",
                "${file:" + server.tokenFile() + "}");
    }

    /** Where statements are taken. */
    public URI uri() {
        return uri;
    }

    /**
     * Runs a statement to its end.
     *
     * @throws SparkStatementException with Spark's words, if it failed
     */
    public SparkResult run(String sql) {
        return answer("/statements", sql, STATEMENT_LIMIT).result();
    }

    /**
     * Runs a statement to its end in a session that has its own current database and temporary views, and says what it took. For
     * Spark 4 and newer.
     *
     * @param session its name, which makes it when it is first used
     * @throws SparkStatementException with Spark's words, if it failed
     */
    public SparkMeasurement measure(String session, String sql) {
        Answer answer = answer("/sessions/" + session, sql, MEASURED_LIMIT);
        return new SparkMeasurement(answer.result(), answer.nanos(), answer.cpuNanos(), answer.planningMillis());
    }

    private Answer answer(String path, String sql, Duration limit) {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .timeout(limit)
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            Answer answer = JSON.readValue(response.body(), new TypeReference<>() {});
            if (answer.error() != null) {
                throw new SparkStatementException(answer.error());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("Spark's driver at " + uri + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
