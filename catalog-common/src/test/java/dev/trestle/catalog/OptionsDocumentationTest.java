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

import dev.trestle.catalog.CatalogOption.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionsDocumentationTest {

    /** Where this fails, copy the table from the message. */
    @Test
    void theReadmeListsEveryOptionAsTheCodeHasIt() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(table());
    }

    @Test
    void theReadmeListsEachPrefixThatIsPassedOn() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains(CatalogOptions.PASSED_ON.stream()
                        .map(prefix -> "`" + prefix + "`")
                        .toList());
    }

    private static String table() {
        return Stream.concat(
                        Stream.of("| Option | Default | |", "|---|---|---|"),
                        CatalogOptions.ALL.stream().map(OptionsDocumentationTest::row))
                .collect(Collectors.joining("\n"));
    }

    private static String row(CatalogOption option) {
        String meaning =
                option.use() == Use.IGNORED ? "Accepted, no effect: " + option.description() : option.description();
        return "| `%s` | %s | %s%s |"
                .formatted(
                        option.key(),
                        option.defaultValue().map(value -> "`" + value + "`").orElse(""),
                        meaning,
                        option.secret() ? " Secret." : "");
    }
}
