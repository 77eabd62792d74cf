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

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A container with a name on a network. What it writes goes to a file, and its ports to this machine's loopback alone. */
final class NetworkedContainer extends GenericContainer<NetworkedContainer> {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);

    /** Names are asked for anew: that of a container that is gone must not lead to where it was. */
    private static final String FRESH_NAMES = "-Dsun.net.inetaddr.ttl=1 -Dsun.net.inetaddr.negative.ttl=0";

    private final String name;

    /**
     * @param name on the network, and of the log
     * @param heap the JVM's limit, such as {@code -Xmx256m}, for programs that have none by themselves
     */
    NetworkedContainer(DockerImageName image, Network network, String name, String heap, Path logs) {
        super(image);
        this.name = name;
        withNetwork(network);
        withNetworkAliases(name);
        withEnv("JAVA_TOOL_OPTIONS", (FRESH_NAMES + " " + heap).strip());
        withLogConsumer(frame -> append(logs.resolve(name + ".log"), frame));
        withCreateContainerCmdModifier(command -> onLoopback(command.getHostConfig()));
    }

    /** The name on the network. */
    String name() {
        return name;
    }

    NetworkedContainer withJars(List<Path> jars, String directory) {
        jars.forEach(jar ->
                withCopyFileToContainer(MountableFile.forHostPath(jar, 0644), directory + "/" + jar.getFileName()));
        return this;
    }

    /** Ready when a GET on this port answers so. */
    NetworkedContainer readyAt(int port, String path, int status) {
        withExposedPorts(port);
        return ready(Wait.forHttp(path).forPort(port).forStatusCode(status));
    }

    NetworkedContainer readyWhenItWrites(String text) {
        return ready(Wait.forLogMessage(".*" + text + ".*", 1));
    }

    private NetworkedContainer ready(WaitStrategy wait) {
        waitingFor(wait.withStartupTimeout(START_TIMEOUT));
        return this;
    }

    /** Where this machine reaches a port. */
    URI uri(int port) {
        return URI.create("http://" + getHost() + ":" + getMappedPort(port));
    }

    /** Ends it as a machine ends that loses its power. */
    void kill() {
        getDockerClient().killContainerCmd(getContainerId()).exec();
    }

    private void onLoopback(HostConfig config) {
        if (config == null || !List.of("localhost", "127.0.0.1").contains(getHost())) {
            return;
        }
        config.withPortBindings(getExposedPorts().stream()
                .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                .toList());
    }

    private static synchronized void append(Path log, OutputFrame frame) {
        if (frame.getType() == OutputFrame.OutputType.END) {
            return;
        }
        try {
            Files.write(log, frame.getBytes(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
