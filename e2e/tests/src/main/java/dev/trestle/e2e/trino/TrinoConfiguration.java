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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files from which a Trino server starts: {@code etc}, a file for each catalog, and a directory for each plugin. */
final class TrinoConfiguration {

    private final Path directory;
    private final int port;
    private final TrinoSettings settings;

    TrinoConfiguration(Path directory, int port, TrinoSettings settings) {
        this.directory = requireNonNull(directory, "directory is null");
        this.port = port;
        this.settings = requireNonNull(settings, "settings is null");
    }

    List<String> jvmOptions() {
        return List.of(
                "-Xmx" + settings.heap(),
                "--add-modules=jdk.incubator.vector",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlog.enable-console=true",
                "-Dconfig=" + etc().resolve("config.properties"));
    }

    void write() {
        write(
                etc().resolve("config.properties"),
                Map.of(
                        "node.environment",
                        "test",
                        "node.bind-ip",
                        "127.0.0.1",
                        "node.internal-address",
                        "127.0.0.1",
                        "http-server.http.port",
                        Integer.toString(port),
                        "discovery.uri",
                        "http://127.0.0.1:" + port,
                        "node-scheduler.include-coordinator",
                        "true",
                        "plugin.dir",
                        plugins().toString(),
                        "catalog.config-dir",
                        etc().resolve("catalog").toString()));
        writeCatalog("tpch", Map.of("connector.name", "tpch"));
        settings.catalogs().forEach(this::writeCatalog);
    }

    private void writeCatalog(String name, Map<String, String> properties) {
        write(etc().resolve("catalog").resolve(name + ".properties"), properties);
    }

    private static void write(Path file, Map<String, String> properties) {
        write(
                file,
                new TreeMap<>(properties)
                        .entrySet().stream()
                                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                                .collect(Collectors.joining()));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    void installPlugins(BuildOutput build) {
        install("trestle", filesOf(build.trinoPlugin()));
        if (anyCatalogHas("fs.hadoop.enabled", "true")) {
            install("trestle/hdfs", build.trinoHdfsJars());
        }
        installOfTrino("tpch", build.trinoTpchJars(), "io.trino.plugin.tpch.TpchPlugin");
        if (anyCatalogHas("connector.name", "iceberg")) {
            installOfTrino("iceberg", build.trinoIcebergJars(), "io.trino.plugin.iceberg.IcebergPlugin");
        }
    }

    private boolean anyCatalogHas(String property, String value) {
        return settings.catalogs().values().stream().anyMatch(catalog -> value.equals(catalog.get(property)));
    }

    /** Maven's jars of Trino's own plugins do not say which class is the plugin; a distribution does. */
    private void installOfTrino(String name, List<Path> jars, String pluginClass) {
        install(name, jars);
        write(plugins().resolve(name).resolve("services/META-INF/services/io.trino.spi.Plugin"), pluginClass + "\n");
    }

    private void install(String name, List<Path> jars) {
        Path plugin = plugins().resolve(name);
        try {
            Files.createDirectories(plugin);
            for (Path jar : jars) {
                Files.createSymbolicLink(plugin.resolve(jar.getFileName()), jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot install the plugin " + name, e);
        }
    }

    private static List<Path> filesOf(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path etc() {
        return directory.resolve("etc");
    }

    private Path plugins() {
        return directory.resolve("plugin");
    }
}
