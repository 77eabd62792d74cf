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
import dev.trestle.e2e.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spark of this machine, with its jars in {@code jars/} as in a distribution, where a worker looks for what an executor needs,
 * and the JDK that runs it.
 */
public final class SparkHome {

    /** What Spark's own scripts open and allow, for each JDK what it knows. */
    static final List<String> JVM_OPTIONS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--add-modules=jdk.incubator.vector",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
            "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
            "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
            "-Djdk.reflect.useDirectMethodHandle=false",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC");

    private static final Pattern CORE = Pattern.compile("spark-core_([\\d.]+)-.*");

    private final Path home;
    private final Path directory;
    private final Path javaHome;

    /**
     * A Spark that is laid out.
     *
     * @param home has {@code jars/}
     * @param directory gets the logs and files of what is started
     * @param javaHome the JDK that runs it
     */
    public SparkHome(Path home, Path directory, Path javaHome) {
        this.home = requireNonNull(home, "home is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.javaHome = requireNonNull(javaHome, "javaHome is null");
    }

    Path directory() {
        return directory;
    }

    /** A process of this Spark, as its scripts start it. */
    ProcessSpec process(String name, String mainClass, List<String> jvmOptions, List<String> arguments) {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.addAll(jvmOptions);
        return new ProcessSpec(
                name,
                new JavaCommand(mainClass, options, List.of(home.resolve("jars").resolve("*")), arguments)
                        .words(javaHome),
                Map.of(
                        "SPARK_HOME", home.toString(),
                        "SPARK_SCALA_VERSION", scalaVersion(),
                        "SPARK_LOCAL_IP", "127.0.0.1",
                        "JAVA_HOME", javaHome.toString()),
                directory,
                directory.resolve(name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".log"));
    }

    /** A process that {@code spark-submit} starts: a driver. */
    ProcessSpec submit(String name, List<String> jvmOptions, List<String> arguments) {
        return process(name, "org.apache.spark.deploy.SparkSubmit", jvmOptions, arguments);
    }

    /** What Spark's scripts tell a worker, which does not start an executor without it. */
    private String scalaVersion() {
        try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
            return jars.map(jar -> CORE.matcher(jar.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(core -> core.group(1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No jar of Spark's core is in " + home));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the jars of " + home, e);
        }
    }
}
