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
package dev.trestle.trino;

import static java.util.stream.Collectors.joining;

import dev.trestle.catalog.CatalogOption;
import dev.trestle.catalog.CatalogOptions;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the shared options as a catalog file of Trino's has them: with a prefix. */
final class PropertyNames {

    static final String PREFIX = "trestle.";

    private static final Pattern OPTION =
            Pattern.compile("(?<=[Oo]ption '|[Oo]ptions ')(?!trestle\\.)(?=[a-z0-9.-]+')");

    private PropertyNames() {}

    /** What the core says of an option, with the option's name as the user knows it. */
    static String asWritten(String message) {
        return OPTION.matcher(message).replaceAll(PREFIX);
    }

    /**
     * What the core says of options that a user has written: every one that it names is named as the user knows it.
     *
     * @param written the options that the user wrote
     */
    static String asWritten(String message, Collection<String> written) {
        String names = Stream.concat(CatalogOptions.ALL.stream().map(CatalogOption::key), written.stream())
                .distinct()
                .map(Pattern::quote)
                .collect(joining("|"));
        return Pattern.compile("'(?=(" + names + ")')").matcher(message).replaceAll("'" + PREFIX);
    }
}
