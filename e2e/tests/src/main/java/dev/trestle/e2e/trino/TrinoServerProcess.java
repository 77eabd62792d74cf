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
package dev.trestle.e2e.trino;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.InstalledJdk;
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import dev.trestle.e2e.process.ReadinessProbe;
import dev.trestle.e2e.server.CatalogServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A Trino server, coordinator and worker in one, that runs and is ready. It ends with its {@link ProcessGroup}. */
public final class TrinoServerProcess {

    /** The name of the process. */
    public static final String NAME = "Trino";

    /** The environment variable that a catalog's token is in. */
    public static final String TOKEN = "TRESTLE_TOKEN";

    private static final int JDK = 25;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private final URI uri;

    private TrinoServerProcess(URI uri) {
        this.uri = uri;
    }

    /**
     * Starts a server and returns when it takes statements.
     *
     * @param directory gets the configuration, the plugins and the log
     * @throws dev.trestle.e2e.process.ProcessFailedException with the end of the log, if a catalog is wrong
     */
    public static TrinoServerProcess start(
            ProcessGroup group, FreePorts ports, BuildOutput build, Path directory, TrinoSettings settings) {
        requireNonNull(group, "group is null");
        int port = ports.next();
        TrinoConfiguration configuration = new TrinoConfiguration(directory, port, settings);
        configuration.write();
        configuration.installPlugins(build);
        List<Path> classPath = new ArrayList<>(build.trinoJars());
        classPath.add(build.trinoStarter());
        ManagedProcess process = group.start(new ProcessSpec(
                NAME,
                new JavaCommand(
                                "dev.trestle.trino.server.TrinoServer",
                                configuration.jvmOptions(),
                                classPath,
                                List.of(build.trinoVersion()))
                        .words(InstalledJdk.atLeast(JDK)),
                settings.environment(),
                directory,
                directory.resolve("trino.log")));
        TrinoServerProcess server = new TrinoServerProcess(URI.create("http://127.0.0.1:" + port));
        process.awaitReady(
                ReadinessProbe.http(server.uri.resolve("/v1/info"), body -> body.contains("\"starting\":false")),
                START_TIMEOUT);
        return server;
    }

    /** The properties of a catalog over a catalog server of this machine; its token is in the variable {@link #TOKEN}. */
    public static Map<String, String> trestle(CatalogServerProcess server) {
        return Map.of(
                "connector.name", "trestle",
                "trestle.uri", server.uri().toString(),
                "trestle.warehouse", server.warehouse(),
                "trestle.token.provider", "bear",
                "trestle.token", "${ENV:" + TOKEN + "}",
                "fs.local.enabled", "true",
                "local.location", "/");
    }

    /** The environment in which such a catalog finds its token. */
    public static Map<String, String> tokenOf(CatalogServerProcess server) {
        try {
            return Map.of(TOKEN, Files.readString(server.tokenFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients reach the server. */
    public URI uri() {
        return uri;
    }

    /** A session of Trino's JDBC driver. */
    public Connection connect(String catalog, String schema) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "trestle");
        return DriverManager.getConnection(
                "jdbc:trino://" + uri.getAuthority() + "/" + catalog + "/" + schema, properties);
    }
}
