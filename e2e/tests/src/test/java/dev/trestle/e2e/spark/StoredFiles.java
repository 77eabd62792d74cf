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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is stored of a table in a directory of this machine, whether or not a snapshot knows it. */
record StoredFiles(Path location) {

    private static final Duration MOST = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** The files of a table, where Spark says that it is. */
    static StoredFiles of(String table, SparkDriver spark) {
        return spark.run("DESCRIBE TABLE EXTENDED " + table).rows().stream()
                .filter(row -> row.get(0).equals("Location"))
                .map(row ->
                        new StoredFiles(Path.of(URI.create((String) row.get(1)).getPath())))
                .findFirst()
                .orElseThrow();
    }

    /** All of its files. */
    Set<Path> all() {
        if (!Files.exists(location)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(location)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of those that have rows. */
    Set<String> data() {
        return all().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith("data-"))
                .collect(Collectors.toSet());
    }

    /** Waits until there are just these: an attempt that is killed deletes its files, though its driver does not wait for that. */
    void awaitData(Set<String> expected) {
        // A file may be deleted while they are listed.
        await().pollDelay(Duration.ZERO)
                .pollInterval(LOOK_AGAIN)
                .atMost(MOST)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertThat(data()).isEqualTo(expected));
    }
}
