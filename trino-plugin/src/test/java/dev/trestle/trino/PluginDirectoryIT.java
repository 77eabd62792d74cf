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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What {@code package} leaves for a Trino server. That it works there, alone, is for a test in {@code e2e/tests}. */
final class PluginDirectoryIT {

    /** What a server shares with its plugins: a second copy would give types that are not the server's. */
    private static final Pattern SHARED = Pattern.compile(
            "(trino-spi|slice|jackson-annotations|opentelemetry-api|opentelemetry-api-incubator|opentelemetry-context)-\\d.*");

    /** As a line of the list ends: {@code (group:name:version - address)}. */
    private static final Pattern ARTIFACT = Pattern.compile("\\([^():]+:(?<name>[^():]+):(?<version>[^() ]+) - ");

    private final Path directory = Path.of(System.getProperty("trestle.plugin.directory"));

    @Test
    void theServersOwnJarsAreNotInIt() throws IOException {
        assertThat(jars())
                .hasSizeGreaterThan(100)
                .noneMatch(jar -> SHARED.matcher(jar).matches());
    }

    @Test
    void whatADirectoryWithoutBreaksEveryQueryIsInIt() throws IOException {
        assertThat(jars())
                .anyMatch(jar -> jar.startsWith("json-"))
                .anyMatch(jar -> jar.startsWith("jackson-module-blackbird-"))
                .anyMatch(jar -> jar.startsWith("jackson-databind-"))
                .anyMatch(jar -> jar.startsWith("trestle-trino-plugin-"))
                .anyMatch(jar -> jar.startsWith("trestle-catalog-common-"));
    }

    @Test
    void noTestJarIsInIt() throws IOException {
        assertThat(jars())
                .noneMatch(jar -> jar.contains("-tests.jar")
                        || jar.startsWith("trino-main-")
                        || jar.startsWith("trino-testing-")
                        || jar.startsWith("trestle-catalog-server-"));
    }

    @Test
    void everyBundledArtifactIsNamedWithItsLicence() throws IOException {
        String licences = Files.readString(directory.resolve("licenses").resolve("THIRD-PARTY.txt"));

        assertThat(licences).doesNotContain("Unknown license");
        List<String> named = ARTIFACT.matcher(licences)
                .results()
                .map(artifact -> artifact.group("name") + "-" + artifact.group("version"))
                .toList();
        assertThat(jars())
                .filteredOn(jar -> !jar.startsWith("trestle-"))
                .allMatch(jar -> named.stream().anyMatch(jar::startsWith));
        assertThat(directory.resolve("licenses").resolve("LICENSE")).exists();
        assertThat(directory.resolve("licenses").resolve("NOTICE")).exists();
    }

    @Test
    void theZipHoldsTheDirectory() throws IOException {
        Path file = directory.resolveSibling(directory.getFileName() + ".zip");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> zipped = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();
            assertThat(zipped).allMatch(name -> name.startsWith(directory.getFileName() + "/"));
            assertThat(zipped).hasSize(files().size());
        }
    }

    private List<String> jars() throws IOException {
        return files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".jar"))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
