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
package dev.trestle.catalog.api;

import static java.util.Objects.requireNonNull;

/** One table of a listing with details: one that this client cannot read does not hide the others. */
public sealed interface TableDetails {

    /** A table that could be read. */
    record Readable(TableInfo table) implements TableDetails {

        public Readable {
            requireNonNull(table, "table is null");
        }
    }

    /** A table whose description this client does not understand, such as one with a type of a newer service. */
    record Unreadable(String name, String reason) implements TableDetails {

        public Unreadable {
            requireNonNull(name, "name is null");
            requireNonNull(reason, "reason is null");
        }
    }
}
