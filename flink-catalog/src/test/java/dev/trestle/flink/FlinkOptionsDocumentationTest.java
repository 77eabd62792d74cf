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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of Flink's own options in the README. */
class FlinkOptionsDocumentationTest {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| `([^`]*)` \\| .+ \\|");

    @Test
    void theReadmeListsTheOptionsWithTheirDefaults() throws IOException {
        FlinkOptions defaults = FlinkOptions.parse(Map.of());

        assertThat(listed())
                .containsExactly(
                        List.of(FlinkOptions.DEFAULT_DATABASE, defaults.defaultDatabase()),
                        List.of(
                                FlinkOptions.DISABLE_CREATE_TABLE_IN_DEFAULT_DB,
                                Boolean.toString(!defaults.tablesInDefaultDatabase())));
    }

    private static List<List<String>> listed() throws IOException {
        String options = Files.readString(Path.of("README.md")).split("\n## ")[2];
        assertThat(options).startsWith("Options");
        return ROW.matcher(options)
                .results()
                .map((MatchResult row) -> List.of(row.group(1), row.group(2)))
                .toList();
    }
}
