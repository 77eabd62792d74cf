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

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats Java sources whose syntax is newer than the JDK that Maven runs on, which is the one that Spotless formats with:
 * {@code Format check|apply DIRECTORY…}, run by the build under its own JDK.
 */
final class Format {

    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        List<String> misformatted = new ArrayList<>();
        for (Path source : sources(List.of(args).subList(1, args.length))) {
            String text = Files.readString(source);
            String formatted = format(source, text);
            if (formatted.equals(text)) {
                continue;
            }
            if (apply) {
                Files.writeString(source, formatted);
            } else {
                misformatted.add(source.toString());
            }
        }
        if (!misformatted.isEmpty()) {
            System.err.println("Not formatted (./mvnw validate -Dformat=apply does it): " + misformatted);
            System.exit(1);
        }
    }

    private static String format(Path source, String text) {
        try {
            return FORMATTER.formatSourceAndFixImports(text);
        } catch (FormatterException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> sources(List<String> directories) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String directory : directories) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
