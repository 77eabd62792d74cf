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
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;

/** Tables: see {@link RestApi} for errors. An identifier may name a branch, as in {@code t$branch_b}. */
public interface TableApi {

    /**
     * One page of the names in a database.
     *
     * @param namePattern SQL LIKE; a service may support a prefix only
     * @param tableType as the table option {@code type} spells it
     */
    Page<String> list(String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType);

    /** Like {@link #list}, with the details of each table. A table that cannot be read does not fail the page. */
    Page<TableDetails> details(
            String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType);

    /** One page of the tables of all databases. */
    Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> tablePattern);

    /** The table's current metadata. */
    TableInfo get(Identifier identifier);

    /** The table that carries an id, whatever it is called now. */
    TableInfo getById(String id);

    /** Creates a table that must not exist. */
    void create(Identifier identifier, Schema schema);

    /** Creates a table unless it exists, in one step where the dialect has one. */
    default void createIfAbsent(Identifier identifier, Schema schema) {
        try {
            create(identifier, schema);
        } catch (AlreadyExistsException e) {
            // As was asked for.
        }
    }

    /** Makes a table of files that are already there. */
    void register(Identifier identifier, String path);

    /** Applies changes in their order, all or none. */
    void alter(Identifier identifier, List<SchemaChange> changes);

    /** Renames a table, also into another database. */
    void rename(Identifier from, Identifier to);

    /** Drops a table. */
    void drop(Identifier identifier);
}
