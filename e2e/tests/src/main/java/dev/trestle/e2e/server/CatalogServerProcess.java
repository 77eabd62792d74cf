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
package dev.trestle.e2e.server;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import dev.trestle.e2e.process.ReadinessProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** An embedded catalog server that runs and is ready, and lets in callers with a bearer token made for it. */
public final class CatalogServerProcess {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final String warehouse;
    private final Path tokenFile;

    private CatalogServerProcess(URI uri, String warehouse, Path tokenFile) {
        this.uri = uri;
        this.warehouse = warehouse;
        this.tokenFile = tokenFile;
    }

    /**
     * Starts a server and returns when it answers. It ends with its group.
     *
     * @param directory gets the warehouse, the token's file and the log
     */
    public static CatalogServerProcess start(ProcessGroup group, FreePorts ports, BuildOutput build, Path directory) {
        return start(
                group, ports, build, directory, directory.resolve("warehouse").toString(), List.of());
    }

    /**
     * The same with its warehouse elsewhere.
     *
     * @param directory gets the token's file and the log
     * @param warehouse a URI
     * @param options more words for the server's command line, such as {@code --database-url} and its value
     */
    public static CatalogServerProcess start(
            ProcessGroup group,
            FreePorts ports,
            BuildOutput build,
            Path directory,
            String warehouse,
            List<String> options) {
        requireNonNull(group, "group is null");
        Path tokenFile = directory.resolve("token");
        writeToken(tokenFile);
        int port = ports.next();
        URI uri = URI.create("http://127.0.0.1:" + port);
        List<String> arguments = new ArrayList<>(
                List.of("--port", Integer.toString(port), "--warehouse", warehouse, "--token", "@" + tokenFile));
        arguments.addAll(options);
        ManagedProcess process = group.start(new ProcessSpec(
                "Catalog server",
                new JavaCommand("dev.trestle.server.ServerCommand", jvmOptions(), build.catalogServerJars(), arguments)
                        .words(),
                Map.of(),
                directory,
                directory.resolve("catalog-server.log")));
        process.awaitReady(ReadinessProbe.http(uri.resolve("/health")), START_TIMEOUT);
        return new CatalogServerProcess(uri, warehouse, tokenFile);
    }

    private static List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dlogback.configurationFile=dev/trestle/server/logback-server.xml"));
        if (Runtime.version().feature() >= 24) {
            options.add("--enable-native-access=ALL-UNNAMED");
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    private static void writeToken(Path file) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Where clients reach the server. */
    public URI uri() {
        return uri;
    }

    /** The warehouse that clients name, a directory of this machine unless another was given. */
    public String warehouse() {
        return warehouse;
    }

    /** The file, for its owner's eyes only, that holds the bearer token. */
    public Path tokenFile() {
        return tokenFile;
    }

    /** Asks for the calls since the server's start, those for counts and health left out. */
    public CallCounts fetchCallCounts() {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/metrics/calls"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "The catalog server answered " + response.statusCode() + " to a question for its call counts");
            }
            return CallCounts.parse(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("The catalog server at " + uri + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
