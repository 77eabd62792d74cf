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

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Databases: see {@link RestApi} for errors. */
public interface DatabaseApi {

    /** One page of names, in the service's order. */
    Page<String> list(PageRequest page, Optional<String> namePattern);

    /** The database, with its options. */
    DatabaseInfo get(String name);

    /** Creates a database that must not exist. */
    void create(String name, Map<String, String> options);

    /** Creates a database unless it exists, in one step where the dialect has one. */
    default void createIfAbsent(String name, Map<String, String> options) {
        try {
            create(name, options);
        } catch (AlreadyExistsException e) {
            // As was asked for.
        }
    }

    /** Sets and removes options; applying it twice is the same as once. */
    void alter(String name, Map<String, String> updates, Set<String> removals);

    /** Drops the database with everything in it. */
    void drop(String name);

    /**
     * Drops a database that was seen to be empty a moment ago. Where the service can be told so, it looks again itself.
     *
     * @throws NotEmptyException if something is in it by now, and the service says so
     */
    default void dropEmpty(String name) {
        drop(name);
    }
}
