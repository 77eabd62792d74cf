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

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the conformance script on releases of Spark, each as a process with the shipped jar, and prints the matrix:
 * {@code SparkReleases [VERSION_SCALA_JDK …]}, all without arguments.
 */
public final class SparkReleases {

    private SparkReleases() {}

    public static void main(String[] args) {
        List<SparkRelease> releases = SparkRelease.all().stream()
                .filter(release -> args.length == 0 || List.of(args).contains(nameOf(release)))
                .toList();
        Map<SparkRelease, Map<String, Optional<String>>> results = new LinkedHashMap<>();
        for (SparkRelease release : releases) {
            System.out.println("Spark " + release + " …");
            results.put(release, run(release, newDirectory()));
            results.get(release)
                    .forEach((feature, failure) -> failure.ifPresent(
                            text -> System.out.println("  " + feature + ": " + text.replace("\n", " "))));
        }
        System.out.println(matrix(results));
    }

    private static String nameOf(SparkRelease release) {
        return release.version() + "_" + release.scala() + "_" + release.jdk();
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("spark-release");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What works on a release, and what does not and why. */
    static Map<String, Optional<String>> run(SparkRelease release, Path directory) {
        BuildOutput build = BuildOutput.find();
        FreePorts ports = new FreePorts();
        SparkHome home = release.install(build, directory.resolve("spark"));
        try (ProcessGroup processes = new ProcessGroup()) {
            CatalogServerProcess server =
                    CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
            Map<String, String> settings = new HashMap<>(SparkDriver.lake(release.catalogClass(), server));
            release.sessionCatalogClass()
                    .ifPresent(name -> settings.putAll(SparkDriver.catalog("spark_catalog", name, server)));
            // Off on a cluster, where it is known.
            settings.put("spark.sql.timeType.enabled", "true");
            SparkDriver spark = SparkDriver.start(
                    processes,
                    ports,
                    home,
                    new SparkDriver.Submission(
                            "local[2]", List.of(build.sparkJar()), build.sparkStatementServer(), settings));
            return Conformance.load().run(spark);
        }
    }

    private static String matrix(Map<SparkRelease, Map<String, Optional<String>>> results) {
        StringBuilder text = new StringBuilder("|");
        results.keySet().forEach(release -> text.append(" | ").append(release));
        text.append(" |\n").append("|---".repeat(results.size() + 1)).append("|");
        for (String feature : Conformance.load().features()) {
            text.append("\n| ").append(feature);
            results.values().forEach(result -> text.append(result.get(feature).isEmpty() ? " | yes" : " | no"));
            text.append(" |");
        }
        return text.toString();
    }
}
