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
package dev.trestle.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a JDK for an engine which this program's own may be too old or too new for. */
public final class InstalledJdk {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+).*\"");

    private InstalledJdk() {}

    /**
     * The home of this program's JDK if it is new enough, else of one where JDKs usually are installed.
     *
     * @throws IllegalStateException naming the version and the places
     */
    public static Path atLeast(int version) {
        Path running = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() >= version) {
            return running;
        }
        return find(found -> found >= version, places())
                .orElseThrow(() -> new IllegalStateException("JDK " + version + " or later is needed; " + running
                        + " is older and none is in " + places() + ": run this with JAVA_HOME set to one"));
    }

    /**
     * The home of a JDK of that version, this program's own or one where JDKs usually are installed.
     *
     * @throws IllegalStateException naming the version and the places
     */
    public static Path ofVersion(int version) {
        if (Runtime.version().feature() == version) {
            return Path.of(System.getProperty("java.home"));
        }
        return find(found -> found == version, places())
                .orElseThrow(() -> new IllegalStateException(
                        "JDK " + version + " is needed and none is in " + places() + ": install one"));
    }

    private static List<Path> places() {
        Path home = Path.of(System.getProperty("user.home"));
        return List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                home.resolve(".sdkman/candidates/java"),
                home.resolve(".jdks"));
    }

    static Optional<Path> find(IntPredicate version, List<Path> places) {
        return places.stream()
                .filter(Files::isDirectory)
                .flatMap(InstalledJdk::directories)
                .flatMap(jdk -> Stream.of(jdk, jdk.resolve("Contents").resolve("Home")))
                .filter(jdk -> Files.isExecutable(jdk.resolve("bin").resolve("java")))
                .filter(jdk -> version.test(feature(jdk)))
                .findFirst();
    }

    private static Stream<Path> directories(Path place) {
        try (Stream<Path> directories = Files.list(place)) {
            return directories.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version that the file {@code release} of a JDK states, 0 if none. */
    private static int feature(Path jdk) {
        Path release = jdk.resolve("release");
        try {
            if (!Files.exists(release)) {
                return 0;
            }
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
