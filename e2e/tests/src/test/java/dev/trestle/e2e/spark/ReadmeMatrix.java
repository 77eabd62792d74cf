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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table in the README of the Spark catalog that says what works on which release. */
record ReadmeMatrix(List<String> releases, Map<String, List<String>> cells) {

    static ReadmeMatrix read(Path readme) {
        try {
            return parse(Files.readAllLines(readme));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReadmeMatrix parse(List<String> lines) {
        String first = "| | " + SparkRelease.all().get(0);
        List<List<String>> rows = lines.stream()
                .dropWhile(line -> !line.startsWith(first))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        Map<String, List<String>> cells = new LinkedHashMap<>();
        rows.stream().skip(2).forEach(row -> cells.put(row.get(0), row.subList(1, row.size())));
        return new ReadmeMatrix(
                rows.isEmpty() ? List.of() : rows.get(0).subList(1, rows.get(0).size()), cells);
    }

    /** Whether it says that a feature works. */
    boolean says(String feature, SparkRelease release) {
        return cells.get(feature).get(releases.indexOf(release.toString())).startsWith("yes");
    }
}
