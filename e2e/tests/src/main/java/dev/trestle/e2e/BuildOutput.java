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
package dev.trestle.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code ./mvnw package} leaves in {@code e2e/target}: the shipped artifacts, and the jars that processes are started from.
 */
public final class BuildOutput {

    private final Path directory;

    private BuildOutput(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /** The output of the checkout that the working directory is in. */
    public static BuildOutput find() {
        Path start = Path.of("").toAbsolutePath();
        for (Path candidate = start; candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve("mvnw")) && Files.isDirectory(candidate.resolve("e2e"))) {
                return new BuildOutput(candidate.resolve("e2e").resolve("target"));
            }
        }
        throw new IllegalStateException("Run this inside a checkout of Trestle: " + start + " is not in one");
    }

    /** The directory, to write into too. */
    public Path directory() {
        return directory;
    }

    /** The jars of a Flink without anything of ours. */
    public List<Path> flinkJars() {
        return jarsIn(directory.resolve("flink-" + versionOf("flink")).resolve("lib"));
    }

    /** The version of that Flink. */
    public String flinkVersion() {
        return versionOf("flink");
    }

    /** Hadoop's client, which Paimon needs and Flink does not bring. */
    public List<Path> hadoopJars() {
        return jarsIn(directory.resolve("hadoop").resolve("lib"));
    }

    /** Paimon's own connector for Flink, which benchmarks run beside. */
    public List<Path> paimonFlinkJars() {
        return jarsIn(directory.resolve("paimon-flink").resolve("lib"));
    }

    /** Flink's own SQL client, which benchmarks run beside; what it needs is among Flink's jars. */
    public List<Path> flinkSqlClientJars() {
        return jarsIn(directory.resolve("flink-sql-client").resolve("lib"));
    }

    /** Paimon's access to stores that speak S3, which its users put beside it. */
    public List<Path> paimonS3Jars() {
        return jarsIn(directory.resolve("paimon-s3").resolve("lib"));
    }

    /** S3Proxy: a store that speaks S3 and checks signatures. */
    public List<Path> s3proxyJars() {
        return jarsIn(directory.resolve("s3proxy").resolve("lib"));
    }

    /** An HDFS in one process, as Hadoop's own tests start it. */
    public List<Path> hdfsJars() {
        return jarsIn(directory.resolve("hdfs").resolve("lib"));
    }

    /** The embedded catalog server with all that it needs. */
    public List<Path> catalogServerJars() {
        Path module = directory.resolveSibling("catalog-server").resolve("target");
        return Stream.concat(
                        jarsIn(module).stream().filter(jar -> !jar.toString().endsWith("-tests.jar")),
                        jarsIn(module.resolve("server").resolve("lib")).stream()
                                .filter(jar -> !isOf(jar, "trestle-catalog-server-")))
                .toList();
    }

    /** S3Proxy as the catalog server's tests run it: it accepts the keys that the server vends. */
    public List<Path> objectStoreJars() {
        Path module = directory.resolveSibling("catalog-server").resolve("target");
        return Stream.concat(
                        jarsIn(module).stream().filter(jar -> isOf(jar, "trestle-catalog-server-")),
                        s3proxyJars().stream())
                .toList();
    }

    /** The jars of a Trino server without anything of ours. */
    public List<Path> trinoJars() {
        return jarsIn(directory.resolve("trino-" + trinoVersion()).resolve("lib"));
    }

    /** Trino's own connector with the rows of TPC-H: the jars of its plugin directory. */
    public List<Path> trinoTpchJars() {
        return jarsIn(
                directory.resolve("trino-" + trinoVersion()).resolve("plugin").resolve("tpch"));
    }

    /** Trino's own connector for Iceberg, which a benchmark runs beside; only a build with {@code -Pbenchmark} has it. */
    public List<Path> trinoIcebergJars() {
        return jarsIn(
                directory.resolve("trino-" + trinoVersion()).resolve("plugin").resolve("iceberg"));
    }

    /** Trino's own access to HDFS: what a distribution has in the directory {@code hdfs} of a plugin. */
    public List<Path> trinoHdfsJars() {
        return jarsIn(directory.resolve("trino-" + trinoVersion()).resolve("hdfs"));
    }

    /** The version of that Trino. */
    public String trinoVersion() {
        return versionOf("trino");
    }

    /** The shipped directory for a Trino server's {@code plugin/}. */
    public Path trinoPlugin() {
        return one(trinoModule(), "trestle-trino-plugin-", Files::isDirectory);
    }

    /** What starts a Trino server from its jars. */
    public Path trinoStarter() {
        return one(
                trinoModule(), "trestle-trino-plugin-", file -> file.toString().endsWith("-tests.jar"));
    }

    /** A Spark without anything of ours: the directory that has {@code jars/}. */
    public Path sparkHome() {
        Path home = directory.resolve("spark-" + versionOf("spark"));
        jarsIn(home.resolve("jars"));
        return home;
    }

    /** Iceberg for Spark 4.1, which a benchmark runs beside; only a build with {@code -Pbenchmark} has it. */
    public Path icebergSparkJar() {
        return one(directory.resolve("iceberg-spark").resolve("lib"), "iceberg-spark-runtime-", Files::isRegularFile);
    }

    /** Spark Connect's client, without Spark itself and without anything of ours. */
    public List<Path> sparkConnectClientJars() {
        return jarsIn(directory.resolve("spark-connect-client").resolve("lib"));
    }

    /** The shipped jar for Spark's {@code --jars}. */
    public Path sparkJar() {
        return shipped("trestle-spark-catalog-", "");
    }

    /** The program of a Spark driver that takes statements. */
    public Path sparkStatementServer() {
        return one(
                directory
                        .resolve("..")
                        .resolve("..")
                        .normalize()
                        .resolve("spark-catalog")
                        .resolve("target"),
                "trestle-spark-catalog-",
                file -> file.toString().endsWith("-tests.jar"));
    }

    private Path trinoModule() {
        return directory
                .resolve("..")
                .resolve("..")
                .normalize()
                .resolve("trino-plugin")
                .resolve("target");
    }

    private static Path one(Path directory, String prefix, Predicate<Path> kind) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isOf(file, prefix) && kind.test(file))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            prefix + "… is not in " + directory + ": run ./mvnw package -DskipTests"));
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read: run ./mvnw package -DskipTests", e);
        }
    }

    /** The shipped jar for Flink's lib directory that needs Hadoop beside it. */
    public Path flinkJar() {
        return shipped("trestle-flink-catalog-", "");
    }

    /** The shipped jar for Flink's lib directory that needs nothing else. */
    public Path flinkJarWithHadoop() {
        return shipped("trestle-flink-catalog-", "-with-hadoop");
    }

    /** The shipped jar of the SQL gateway's client. */
    public Path sqlGatewayClientJar() {
        return shipped("trestle-flink-catalog-", "-sql-gateway-client");
    }

    /** @param classifier with its hyphen; empty for the main artifact */
    private Path shipped(String prefix, String classifier) {
        Pattern name = Pattern.compile(Pattern.quote(prefix) + "\\d[\\d.]*(-SNAPSHOT)?" + classifier + "\\.jar");
        List<Path> found = jarsIn(directory.resolve("dist")).stream()
                .filter(jar -> name.matcher(jar.getFileName().toString()).matches())
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("One " + prefix + "…" + classifier + ".jar is expected in "
                    + directory.resolve("dist") + ", found " + found + ": run ./mvnw clean package -DskipTests");
        }
        return found.get(0);
    }

    /** The version that the build was made with, by the name that {@code build.properties} has for it. */
    private static String versionOf(String name) {
        try (InputStream resource = BuildOutput.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(requireNonNull(resource, "build.properties is not in the jar"));
            return requireNonNull(properties.getProperty(name + ".version"), name + ".version is not set");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(Path jar, String prefix) {
        return jar.getFileName().toString().startsWith(prefix);
    }

    private static List<Path> jarsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalStateException(directory + " is not there: run ./mvnw package -DskipTests");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
