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

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One option of the catalog.
 *
 * @param defaultValue as text; empty where there is none
 * @param use what becomes of it
 * @param secret whether its value must never be shown
 * @param references whether its value may refer to a variable or a file
 */
public record CatalogOption(
        String key,
        Kind kind,
        Optional<String> defaultValue,
        String description,
        Use use,
        boolean secret,
        boolean references) {

    /** What a value must look like. */
    public enum Kind {
        TEXT("a text"),
        BOOLEAN("'true' or 'false'"),
        INTEGER("a whole number of 1 or more"),
        MEMORY("a size, such as '64 mb'"),
        DURATION("a duration, such as '60 s' or '2 min'"),
        URI("an http or https URI, such as 'https://catalog.example.com'");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** The kind in words, for messages. */
        public String meaning() {
            return meaning;
        }
    }

    /** What becomes of an option. */
    public enum Use {
        /** It does what its description says. */
        USED,
        /** It belongs to Paimon's own catalogs, is accepted so that a user changes the catalog's type alone, and does nothing. */
        IGNORED
    }

    public CatalogOption {
        requireNonNull(key, "key is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(defaultValue, "defaultValue is null");
        requireNonNull(description, "description is null");
        requireNonNull(use, "use is null");
    }

    static CatalogOption used(String key, Kind kind, String defaultValue, String description) {
        return new CatalogOption(key, kind, Optional.ofNullable(defaultValue), description, Use.USED, false, false);
    }

    static CatalogOption secret(String key, String description) {
        return new CatalogOption(key, Kind.TEXT, Optional.empty(), description, Use.USED, true, true);
    }

    /** No secret by itself, but kept with one. */
    static CatalogOption besideSecret(String key, Kind kind, String description) {
        return new CatalogOption(key, kind, Optional.empty(), description, Use.USED, false, true);
    }

    static CatalogOption ignored(String key, String why) {
        return new CatalogOption(key, Kind.TEXT, Optional.empty(), why, Use.IGNORED, false, false);
    }
}
