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

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.InstalledJdk;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A release of Spark that the shipped jar runs on.
 *
 * @param version such as {@code 3.5.7}
 * @param scala the version of Scala that it is compiled for
 * @param jdk the JDK that runs it
 */
public record SparkRelease(String version, String scala, int jdk) {

    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(10);

    public SparkRelease {
        requireNonNull(version, "version is null");
        requireNonNull(scala, "scala is null");
    }

    /** All that the matrix in the README of the catalog has, the newest first. */
    public static List<SparkRelease> all() {
        return List.of(
                new SparkRelease("4.2.0", "2.13", 25),
                new SparkRelease("4.2.0", "2.13", 17),
                new SparkRelease("4.1.3", "2.13", 17),
                new SparkRelease("4.0.1", "2.13", 17),
                new SparkRelease("3.5.7", "2.13", 17),
                new SparkRelease("3.5.7", "2.12", 17));
    }

    /** The class of the catalog that its users name. */
    public String catalogClass() {
        if (version.startsWith("3.")) {
            return "dev.trestle.spark.Spark3Catalog";
        }
        boolean before42 = version.startsWith("4.0.") || version.startsWith("4.1.");
        return before42 ? "dev.trestle.spark.Spark4Catalog" : SparkDriver.CATALOG;
    }

    /** The class that takes the place of Spark's own catalog, where the release has what it needs. */
    Optional<String> sessionCatalogClass() {
        return version.startsWith("3.") ? Optional.empty() : Optional.of("dev.trestle.spark.TrestleSessionCatalog");
    }

    /**
     * This release, laid out beside what the build leaves. Maven downloads it first where it is not in the local repository yet.
     *
     * @param directory gets the logs and files of what is started
     */
    public SparkHome install(BuildOutput build, Path directory) {
        Path home = build.directory().resolve("spark-releases").resolve(version + "_" + scala);
        if (!Files.exists(home)) {
            layOut(home, jars(build, directory));
        }
        return new SparkHome(home, directory, InstalledJdk.ofVersion(jdk));
    }

    private List<Path> jars(BuildOutput build, Path directory) {
        Path checkout = build.directory().resolve("..").resolve("..").normalize();
        Path classPath = directory.resolve("class-path");
        try (ProcessGroup processes = new ProcessGroup()) {
            Files.createDirectories(directory);
            processes
                    .start(new ProcessSpec(
                            "Maven",
                            List.of(
                                    checkout.resolve("mvnw").toString(),
                                    "-q",
                                    "-B",
                                    "-ntp",
                                    "-f",
                                    checkout.resolve("e2e/tests/src/main/spark-release/pom.xml")
                                            .toString(),
                                    "dependency:build-classpath",
                                    "-DincludeScope=runtime",
                                    "-Dspark.version=" + version,
                                    "-Dscala.version=" + scala,
                                    "-Dmdep.outputFile=" + classPath),
                            Map.of(),
                            directory,
                            directory.resolve("maven.log")))
                    .awaitSuccess(DOWNLOAD_LIMIT);
            return Stream.of(Files.readString(classPath).strip().split(File.pathSeparator))
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot download Spark " + this, e);
        }
    }

    /** All of it or nothing: what is there is taken the next time. */
    private static void layOut(Path home, List<Path> jars) {
        try {
            Files.createDirectories(home.getParent());
            Path begun = Files.createTempDirectory(home.getParent(), "begun");
            Path links = Files.createDirectory(begun.resolve("jars"));
            for (Path jar : jars) {
                Files.createSymbolicLink(links.resolve(jar.getFileName()), jar);
            }
            Files.move(begun, home);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lay out Spark in " + home, e);
        }
    }

    @Override
    public String toString() {
        return version + " (Scala " + scala + ", JDK " + jdk + ")";
    }
}
