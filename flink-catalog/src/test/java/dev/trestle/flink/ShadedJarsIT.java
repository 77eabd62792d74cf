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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the two jars for Flink's {@code lib/}. */
class ShadedJarsIT {

    private static final Path LIB = Path.of(System.getProperty("trestle.jar.lib"));
    private static final Path WITH_HADOOP = Path.of(System.getProperty("trestle.jar.with-hadoop"));

    static Stream<Path> jars() {
        return Stream.of(LIB, WITH_HADOOP);
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        }
    }

    private static List<String> lines(Path jar, String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(file.getInputStream(file.getEntry(entry)), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void noClassOfFlinksOwnPackageIsInside(Path jar) throws IOException {
        assertThat(entries(jar)).noneMatch(name -> name.startsWith("org/apache/flink/") && name.endsWith(".class"));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void whatCouldClashIsRelocated(Path jar) throws IOException {
        TreeSet<String> roots = new TreeSet<>();
        for (String name : entries(jar)) {
            // What is in Paimon's folder is loaded by a class loader of its own.
            if (name.endsWith(".class") && !name.startsWith("paimon-codegen/")) {
                String[] parts = name.split("/", 4);
                roots.add(parts.length < 4 ? name : parts[0] + "/" + parts[1] + "/" + parts[2]);
            }
        }
        assertThat(roots)
                .contains("dev/trestle/flink", "dev/trestle/catalog", "org/apache/paimon")
                .allMatch(root -> root.startsWith("dev/trestle/")
                        || root.equals("org/apache/paimon")
                        || root.equals("com/github/luben")
                        || (jar.equals(WITH_HADOOP) && root.equals("org/apache/hadoop")));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void onlyOurFactoryIsRegisteredWithFlink(Path jar) throws IOException {
        assertThat(lines(jar, "META-INF/services/org.apache.flink.table.factories.Factory"))
                .containsExactly("dev.trestle.flink.TrestleCatalogFactory");
    }

    @ParameterizedTest
    @MethodSource("jars")
    void paimonsServicesAreThereBesideOurs(Path jar) throws IOException {
        assertThat(lines(jar, "META-INF/services/org.apache.paimon.factories.Factory"))
                .contains(
                        "dev.trestle.catalog.RestCatalogFactory",
                        "org.apache.paimon.flink.procedure.CompactProcedure",
                        "org.apache.paimon.rest.RESTCatalogFactory");
        assertThat(entries(jar))
                .contains(
                        "META-INF/services/org.apache.paimon.fs.FileIOLoader",
                        "META-INF/services/org.apache.paimon.format.FileFormatFactory");
    }

    /** A provider that is registered and not there, or under its name from before it was moved, breaks its service. */
    @ParameterizedTest
    @MethodSource("jars")
    void everyServiceOfOursNamesClassesThatAreThere(Path jar) throws IOException {
        List<String> all = entries(jar);
        for (String entry : all) {
            if (entry.matches("META-INF/services/(dev\\.trestle|org\\.apache\\.(paimon|hadoop|flink))\\..+")) {
                for (String provider : lines(jar, entry)) {
                    assertThat(all)
                            .as(entry)
                            .contains(provider.split("#", 2)[0].trim().replace('.', '/') + ".class");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void theVersionAndTheLicencesAreThere(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("Implementation-Version"))
                    .isEqualTo(System.getProperty("trestle.version"));
        }
        assertThat(entries(jar)).contains("META-INF/LICENSE", "META-INF/NOTICE");
        assertThat(String.join("\n", lines(jar, "META-INF/NOTICE"))).contains("Trestle", "Apache Paimon", "Jackson");
    }

    @Test
    void hadoopIsInOneJarOnly() throws IOException {
        assertThat(entries(WITH_HADOOP)).contains("org/apache/hadoop/conf/Configuration.class");
        assertThat(entries(LIB)).noneMatch(name -> name.startsWith("org/apache/hadoop/"));
    }
}
