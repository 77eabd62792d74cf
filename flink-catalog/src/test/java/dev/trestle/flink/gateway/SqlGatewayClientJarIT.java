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
package dev.trestle.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the jar of the SQL gateway's client. */
class SqlGatewayClientJarIT {

    private static final Path JAR = Path.of(System.getProperty("trestle.jar.sql-gateway-client"));
    private static final long SMALL = 8L << 20;

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList();
        }
    }

    private static String text(String entry) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void holdsTheClientItsTransportAndWhatTheyNeedUnderNamesOfOurs() throws IOException {
        assertThat(entries())
                .contains(
                        "dev/trestle/flink/gateway/GatewayClient.class",
                        "dev/trestle/catalog/http/OkHttpTransport.class",
                        "dev/trestle/shaded/okhttp3/OkHttpClient.class",
                        "dev/trestle/shaded/slf4j/LoggerFactory.class")
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(
                        name -> name.matches(
                                "dev/trestle/(flink/gateway|catalog/(http|auth)|shaded/(okhttp3|okio|kotlin|jackson|slf4j))/.*"));
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(SMALL);
    }

    @Test
    void writesItsLogByJavasOwnLogging() throws IOException {
        assertThat(text("META-INF/services/dev.trestle.shaded.slf4j.spi.SLF4JServiceProvider")
                        .strip())
                .isEqualTo("dev.trestle.shaded.slf4j.jul.JULServiceProvider");
        assertThat(entries()).contains("dev/trestle/shaded/slf4j/jul/JULServiceProvider.class");
        assertThat(entries())
                .filteredOn(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
                .hasSize(1);
    }

    @Test
    void hasItsVersionAndItsLicences() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                    .isEqualTo(System.getProperty("trestle.version"));
        }
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE"))
                .contains("Trestle", "OkHttp", "Kotlin", "Jackson", "QOS.ch", "Permission is hereby granted")
                .doesNotContain("Paimon");
    }
}
