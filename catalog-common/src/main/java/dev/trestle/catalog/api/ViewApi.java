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

import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewSchema;

/** Views: see {@link RestApi} for errors. */
public interface ViewApi {

    /** One page of the names in a database. */
    Page<String> list(String database, PageRequest page, Optional<String> namePattern);

    /** Like {@link #list}, with the description of each view. */
    Page<ViewInfo> details(String database, PageRequest page, Optional<String> namePattern);

    /** One page of the views of all databases. */
    Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> viewPattern);

    /** The view, with its query in each dialect. */
    ViewInfo get(Identifier identifier);

    /** Creates a view that must not exist. */
    void create(Identifier identifier, ViewSchema schema);

    /** Applies changes in their order, all or none. */
    void alter(Identifier identifier, List<ViewChange> changes);

    /** Renames a view, also into another database. */
    void rename(Identifier from, Identifier to);

    /** Drops a view; never a table. */
    void drop(Identifier identifier);
}
