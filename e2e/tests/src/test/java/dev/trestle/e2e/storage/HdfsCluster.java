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

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An HDFS of this machine: Hadoop's own NameNode and a DataNode, in one process. */
public final class HdfsCluster {

    private static final Duration START = Duration.ofMinutes(2);
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final URI uri;
    private final URI web;
    private final Path clientSettings;

    private HdfsCluster(URI uri, URI web, Path clientSettings) {
        this.uri = uri;
        this.web = web;
        this.clientSettings = clientSettings;
    }

    /**
     * What there is below a directory.
     *
     * @param length of the files together, in bytes
     * @param spaceConsumed by the copies of their blocks, in bytes
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Content(long fileCount, long length, long spaceConsumed) {}

    /**
     * Starts an empty one and returns when files can be written. It ends with its group.
     *
     * @param directory gets the blocks, the log, and a file of settings for clients
     */
    public static HdfsCluster start(ProcessGroup group, FreePorts ports, BuildOutput build, Path directory) {
        requireNonNull(group, "group is null");
        int port = ports.next();
        int webPort = ports.next();
        Path writtenWhenStarted = directory.resolve("started.json");
        ManagedProcess process = group.start(new ProcessSpec(
                "HDFS",
                new JavaCommand(
                                "org.apache.hadoop.test.MiniDFSClusterManager",
                                JVM_OPTIONS,
                                build.hdfsJars(),
                                List.of(
                                        "-format",
                                        "-nnport",
                                        Integer.toString(port),
                                        "-httpport",
                                        Integer.toString(webPort),
                                        "-writeDetails",
                                        writtenWhenStarted.toString(),
                                        "-D",
                                        "hdfs.minidfs.basedir=" + directory.resolve("blocks")))
                        .words(),
                Map.of(),
                directory,
                directory.resolve("hdfs.log")));
        process.awaitReady(() -> Files.exists(writtenWhenStarted), START);
        return new HdfsCluster(
                URI.create("hdfs://127.0.0.1:" + port),
                URI.create("http://127.0.0.1:" + webPort),
                writeClientSettings(directory.resolve("conf")));
    }

    /** There is one DataNode, so that one copy of a block is what there can be. */
    private static Path writeClientSettings(Path directory) {
        Path file = directory.resolve("hdfs-site.xml");
        try {
            Files.createDirectories(directory);
            return Files.writeString(
                    file,
                    """
                    <configuration>
                      <property>
                        <name>dfs.replication</name>
                        <value>1</value>
                      </property>
                    </configuration>
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** The root directory, without a slash at its end. */
    public URI uri() {
        return uri;
    }

    /** The file {@code hdfs-site.xml} that clients of the cluster are given, alone in its directory. */
    public Path clientSettings() {
        return clientSettings;
    }

    /**
     * Asks the NameNode what there is below a directory.
     *
     * @param directory from the root, with a slash at its start
     */
    public Content fetchContent(String directory) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (InputStream answer = web.resolve("/webhdfs/v1" + directory + "?op=GETCONTENTSUMMARY")
                .toURL()
                .openStream()) {
            return json.treeToValue(json.readTree(answer).required("ContentSummary"), Content.class);
        }
    }
}
