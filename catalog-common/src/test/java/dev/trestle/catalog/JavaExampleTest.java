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

import dev.trestle.server.suite.EmbeddedTestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JavaExampleTest {

    @Test
    void theReadmeShowsTheExampleThatIsCompiled() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        String shown = readme.substring(start, readme.indexOf("```", start));

        String source = Files.readString(Path.of("src/test/java/dev/trestle/catalog/JavaExample.java"));

        assertThat(withoutIndentation(source)).contains(withoutIndentation(shown));
        assertThat(shown.lines()).hasSizeGreaterThan(10);
    }

    private static String withoutIndentation(String text) {
        return text.replaceAll("(?m)^ +", "");
    }

    @Test
    @SuppressWarnings("SystemOut") // What the example prints is what a reader sees.
    void theExampleListsWritesAndReads(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (EmbeddedTestServer server = EmbeddedTestServer.withToken(directory);
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            JavaExample.run(server.clientOptions());
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).contains("[orders]", "1 tea");
    }
}
