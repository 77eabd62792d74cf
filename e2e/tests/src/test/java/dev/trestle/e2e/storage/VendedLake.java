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
package dev.trestle.e2e.storage;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import dev.trestle.e2e.process.ReadinessProbe;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An object store that checks signatures, and a catalog server that vends keys for it, which expire: both are processes. */
public final class VendedLake {

    /** What clients name. */
    public static final String WAREHOUSE = "s3://lake/wh";

    /** The bearer token of a client. */
    public static final String TOKEN = "a-token";

    private static final Pattern TOKEN_CALLS = Pattern.compile("\"getTableToken\"\\s*:\\s*(\\d+)");
    private static final Duration START = Duration.ofMinutes(2);
    private static final String SECRET = "the-store's-own-secret";
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final URI uri;
    private final Path storeLog;

    private VendedLake(URI uri, Path storeLog) {
        this.uri = uri;
        this.storeLog = storeLog;
    }

    /** Starts both and returns when they answer. They end with their group. */
    public static VendedLake start(
            ProcessGroup group, FreePorts ports, BuildOutput build, Path directory, Duration keyLife) {
        requireNonNull(group, "group is null");
        Path storeLog = directory.resolve("object-store.log");
        URI store = startStore(group, ports.next(), build, directory, storeLog);
        return new VendedLake(startServer(group, ports.next(), build, directory, store, keyLife), storeLog);
    }

    private static URI startStore(ProcessGroup group, int port, BuildOutput build, Path directory, Path log) {
        ManagedProcess store = group.start(new ProcessSpec(
                "Object store",
                new JavaCommand(
                                "dev.trestle.server.objectstore.TestObjectStoreCommand",
                                JVM_OPTIONS,
                                build.objectStoreJars(),
                                List.of(directory.resolve("objects").toString(), Integer.toString(port)))
                        .words(),
                Map.of("STORE_SECRET", SECRET),
                directory,
                log));
        store.awaitReady(
                () -> {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        return socket.isConnected();
                    }
                },
                START);
        return URI.create("http://127.0.0.1:" + port);
    }

    private static URI startServer(
            ProcessGroup group, int port, BuildOutput build, Path directory, URI store, Duration keyLife) {
        URI uri = URI.create("http://127.0.0.1:" + port);
        List<String> arguments = Stream.of(
                        Stream.of("--port", Integer.toString(port), "--warehouse", WAREHOUSE, "--token", TOKEN),
                        Stream.of("--database-url", "jdbc:sqlite:" + directory.resolve("catalog.db")),
                        Stream.of("--storage-option", "s3.endpoint=" + store),
                        Stream.of("--storage-option", "s3.path.style.access=true"),
                        Stream.of("--storage-option", "s3.access-key=root-key"),
                        Stream.of("--storage-option", "s3.secret-key=env:STORE_SECRET"),
                        Stream.of("--data-token-life", Long.toString(keyLife.toSeconds())),
                        Stream.of("--data-token-option", "s3.endpoint=" + store),
                        Stream.of("--data-token-option", "s3.path.style.access=true"))
                .flatMap(words -> words)
                .toList();
        ManagedProcess server = group.start(new ProcessSpec(
                "Catalog server",
                new JavaCommand("dev.trestle.server.ServerCommand", JVM_OPTIONS, build.catalogServerJars(), arguments)
                        .words(),
                Map.of("STORE_SECRET", SECRET),
                directory,
                directory.resolve("catalog-server.log")));
        server.awaitReady(ReadinessProbe.http(uri.resolve("/health")), START);
        return uri;
    }

    /** Where clients reach the catalog server. */
    public URI uri() {
        return uri;
    }

    /** Asks how often clients have asked for keys. */
    public long fetchTokenCalls() throws IOException, InterruptedException {
        String counts = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri.resolve("/metrics/calls"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher count = TOKEN_CALLS.matcher(counts);
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }

    /** How many requests came with a key that has ended, or opens another directory. */
    public long refusedKeys() throws IOException {
        try (Stream<String> lines = Files.lines(storeLog)) {
            return lines.filter(line -> line.contains("Refused a key for")).count();
        }
    }
}
