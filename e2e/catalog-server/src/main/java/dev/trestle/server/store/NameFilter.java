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
package dev.trestle.server.store;

import static java.util.Objects.requireNonNull;

/** Which names a listing asks for. */
public sealed interface NameFilter {

    /** Every name. */
    record Any() implements NameFilter {}

    /** One name alone. */
    record Exactly(String name) implements NameFilter {
        public Exactly {
            requireNonNull(name, "name is null");
        }
    }

    /** Names that begin with a text. */
    record StartsWith(String prefix) implements NameFilter {
        public StartsWith {
            requireNonNull(prefix, "prefix is null");
        }
    }

    /** Whether a name passes. */
    default boolean matches(String name) {
        if (this instanceof Exactly exactly) {
            return exactly.name().equals(name);
        }
        if (this instanceof StartsWith startsWith) {
            return name.startsWith(startsWith.prefix());
        }
        return true;
    }
}
