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

import dev.trestle.catalog.api.BadRequestException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Filters names here, since the standard allows a listing no parameter for it. As in the Paimon REST API {@code %} at the end
 * stands for anything, and a backslash takes the next character as it is.
 */
final class NamePattern {

    private NamePattern() {}

    /** @throws BadRequestException if there is more after a {@code %} */
    static Predicate<String> of(Optional<String> pattern) {
        return pattern.map(NamePattern::parse).orElse(name -> true);
    }

    private static Predicate<String> parse(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%') {
                if (i < pattern.length() - 1) {
                    throw new BadRequestException("The name pattern '" + pattern
                            + "' has something after '%', and only names and beginnings of names are supported");
                }
                String beginning = text.toString();
                return name -> name.startsWith(beginning);
            }
            if (c == '\\' && i < pattern.length() - 1) {
                i++;
                c = pattern.charAt(i);
            }
            text.append(c);
        }
        return text.toString()::equals;
    }
}
