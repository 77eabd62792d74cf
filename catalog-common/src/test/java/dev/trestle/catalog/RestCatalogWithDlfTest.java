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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.server.suite.DataSuite;
import dev.trestle.server.suite.TableSuite;
import dev.trestle.server.suite.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same over signatures of DLF, with both algorithms. */
class RestCatalogWithDlfTest {

    @Nested
    class Tables extends TableSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return new DlfServer(directory, "default", Clock.systemUTC());
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Data extends DataSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return new DlfServer(directory, "openapi", Clock.systemUTC());
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Timeout(60)
    @ParameterizedTest
    @CsvSource({"default, 2", "default, -2", "openapi, 2", "openapi, -2"})
    void saysThatAClockIsWrong(String algorithm, long hours, @TempDir Path directory) {
        Clock skewed = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
        try (DlfServer server = new DlfServer(directory, algorithm, skewed)) {
            Throwable thrown = catchThrowable(() -> RestCatalog.open(server.clientOptions()));

            assertRefused(thrown);
        }
    }

    @Timeout(60)
    @ParameterizedTest
    @CsvSource({"dlf.access-key-id", "dlf.access-key-secret", "dlf.security-token"})
    void saysThatAKeyIsWrong(String key, @TempDir Path directory) {
        try (DlfServer server = new DlfServer(directory, "default", Clock.systemUTC())) {
            Map<String, String> options = new HashMap<>(server.clientOptions());
            options.put(key, "hunter2-wrong");

            assertRefused(catchThrowable(() -> RestCatalog.open(options)));
        }
    }

    private static void assertRefused(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOf(NotAuthenticatedException.class)
                .hasMessageContaining("Cannot get configuration for warehouse")
                .hasMessageContaining("HTTP 401");
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("hunter2");
        }
    }
}
