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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the jar for Spark's {@code --jars}, and what is not. */
class ShadedJarIT {

    private static JarFile jar;
    private static List<String> entries;

    @BeforeAll
    static void openJar() throws IOException {
        jar = new JarFile(System.getProperty("trestle.jar"));
        entries = jar.stream().map(ZipEntry::getName).toList();
    }

    @AfterAll
    static void closeJar() throws IOException {
        jar.close();
    }

    private static List<String> lines(String entry) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(jar.getInputStream(jar.getEntry(entry)), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** What Spark brings would be there twice, or be shadowed by it; what users bring would clash. */
    @Test
    void onlyOursAndPaimonsClassesAreInside() {
        TreeSet<String> roots = new TreeSet<>();
        for (String name : entries) {
            // What is in Paimon's folder is loaded by a class loader of its own.
            if (name.endsWith(".class") && !name.startsWith("paimon-codegen/")) {
                String[] parts = name.split("/", 4);
                roots.add(parts.length < 4 ? name : parts[0] + "/" + parts[1] + "/" + parts[2]);
            }
        }
        assertThat(roots)
                .contains("dev/trestle/spark", "dev/trestle/catalog", "org/apache/paimon")
                .allMatch(root -> root.startsWith("dev/trestle/") || root.equals("org/apache/paimon"));
    }

    @Test
    void theClassesThatAUserNamesAreInside() {
        assertThat(entries)
                .contains(
                        "dev/trestle/spark/TrestleCatalog.class",
                        "dev/trestle/spark/Spark4Catalog.class",
                        "dev/trestle/spark/Spark3Catalog.class");
    }

    @Test
    void noNativeLibraryIsInside() {
        assertThat(entries)
                .noneMatch(name -> name.matches(".*\\.(so|dylib|jnilib|dll)") && !name.startsWith("paimon-codegen/"));
    }

    @Test
    void paimonsServicesAreThereBesideOurs() throws IOException {
        assertThat(lines("META-INF/services/org.apache.paimon.factories.Factory"))
                .contains("dev.trestle.catalog.RestCatalogFactory", "org.apache.paimon.rest.RESTCatalogFactory");
        assertThat(entries)
                .contains(
                        "META-INF/services/org.apache.paimon.fs.FileIOLoader",
                        "META-INF/services/org.apache.paimon.format.FileFormatFactory");
    }

    /** A provider that is registered and not there, or under its name from before it was moved, breaks its service. */
    @Test
    void everyServiceNamesClassesThatAreThere() throws IOException {
        for (String entry : entries) {
            if (entry.matches("META-INF/services/(dev\\.trestle|org\\.apache\\.(paimon|hadoop|spark))\\..+")) {
                for (String provider : lines(entry)) {
                    assertThat(entries)
                            .as(entry)
                            .contains(provider.split("#", 2)[0].trim().replace('.', '/') + ".class");
                }
            }
        }
    }

    @Test
    void theVersionAndTheLicencesAreThere() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                .isEqualTo(System.getProperty("trestle.version"));
        assertThat(entries).contains("META-INF/LICENSE", "META-INF/NOTICE");
        assertThat(String.join("\n", lines("META-INF/NOTICE"))).contains("Trestle", "Apache Paimon", "Jackson");
    }
}
