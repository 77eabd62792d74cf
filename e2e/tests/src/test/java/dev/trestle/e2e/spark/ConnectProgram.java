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

import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A user's program, in a process of its own, that has Spark Connect's client and nothing else.
 *
 * @param javaHome the JDK that runs it
 * @param client the jars of Spark Connect's client
 * @param remote the server
 * @param directory gets the log and the answers
 */
record ConnectProgram(Path javaHome, List<Path> client, String remote, Path directory) {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String STATEMENT = "> ";

    ConnectProgram {
        requireNonNull(javaHome, "javaHome is null");
        client = List.copyOf(client);
        requireNonNull(remote, "remote is null");
        requireNonNull(directory, "directory is null");
    }

    /** Runs statements, one after the other; for each its rows, or a line that says why it failed. */
    Map<String, List<String>> run(ProcessGroup processes, String... statements) throws IOException, URISyntaxException {
        Path answers = directory.resolve("answers");
        Path source =
                Path.of(ConnectProgram.class.getResource("ConnectClient.java").toURI());
        List<String> options = new ArrayList<>(SparkHome.JVM_OPTIONS);
        options.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"));
        JavaCommand command = new JavaCommand(
                source.toString(),
                options,
                client,
                Stream.concat(Stream.of(remote, answers.toString()), Stream.of(statements))
                        .toList());
        processes
                .start(new ProcessSpec(
                        "Spark Connect client",
                        command.words(javaHome),
                        Map.of(),
                        Files.createDirectories(directory),
                        directory.resolve("client.log")))
                .awaitSuccess(LIMIT);
        return parse(Files.readAllLines(answers));
    }

    private static Map<String, List<String>> parse(List<String> lines) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<String> rows = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(STATEMENT)) {
                rows = new ArrayList<>();
                answers.put(line.substring(STATEMENT.length()), rows);
            } else {
                rows.add(line);
            }
        }
        return answers;
    }
}
