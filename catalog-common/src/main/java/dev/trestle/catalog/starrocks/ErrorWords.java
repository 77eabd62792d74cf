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
package dev.trestle.catalog.starrocks;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotEmptyException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ServiceException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words of an error mean. The numbers differ between versions of front ends, so only those that no other error has
 * (MySQL's for what exists already) are looked at beside the words.
 */
final class ErrorWords {

    private static final Map<String, ResourceType> EXISTS = Map.of(
            "1007", ResourceType.DATABASE,
            "1050", ResourceType.TABLE,
            "1060", ResourceType.COLUMN);

    private static final Pattern UNKNOWN =
            Pattern.compile("unknown (database|table|column) '", Pattern.CASE_INSENSITIVE);
    private static final Pattern KIND = Pattern.compile("\\b(database|table|column)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ALREADY = Pattern.compile("already exists?\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_EMPTY = Pattern.compile("\\bnot empty\\b", Pattern.CASE_INSENSITIVE);

    private ErrorWords() {}

    /**
     * The exception for an error of which the words tell what it is; empty for any other.
     *
     * @param code of the envelope or the task
     * @param words the service's
     * @param message for the exception
     */
    static Optional<ServiceException> meaning(String code, String words, String message) {
        Optional<ServiceException> missing = missing(words, message);
        if (missing.isPresent()) {
            return missing;
        }
        if (EXISTS.containsKey(code) || ALREADY.matcher(words).find()) {
            return Optional.of(new AlreadyExistsException(
                    message,
                    EXISTS.getOrDefault(code, kind(words)),
                    quoted(words).orElse("")));
        }
        return NOT_EMPTY.matcher(words).find() ? Optional.of(new NotEmptyException(message)) : Optional.empty();
    }

    /** The exception for what is not there: a database, a table, or a column that the words name. */
    static Optional<ServiceException> missing(String words, String message) {
        Matcher unknown = UNKNOWN.matcher(words);
        return unknown.find()
                ? Optional.of(new NoSuchResourceException(
                        message,
                        ResourceType.of(unknown.group(1)),
                        quoted(words).orElse("")))
                : Optional.empty();
    }

    private static ResourceType kind(String words) {
        Matcher kind = KIND.matcher(words);
        return kind.find() ? ResourceType.of(kind.group(1).toUpperCase(Locale.ROOT)) : ResourceType.UNKNOWN;
    }

    /** What is between the first quote and the last, since a name may hold some. */
    private static Optional<String> quoted(String words) {
        int first = words.indexOf('\'');
        int last = words.lastIndexOf('\'');
        return first < last ? Optional.of(words.substring(first + 1, last)) : Optional.empty();
    }
}
