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

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Queries and changes of views and of functions, for use inside {@link Store#read} and {@link Store#write}. */
public enum DefinitionRows {
    /** Views. */
    VIEWS("views"),
    /** Functions. */
    FUNCTIONS("functions");

    private static final RowMapper<DefinitionRow> MAPPER = (row, context) -> new DefinitionRow(
            row.getString("id"),
            row.getString("database_id"),
            row.getString("database_name"),
            row.getString("name"),
            row.getString("definition"),
            AuditColumns.read(row));

    private final String table;
    private final String select;

    DefinitionRows(String table) {
        this.table = table;
        this.select =
                "SELECT o.*, d.name AS database_name FROM " + table + " o JOIN databases d ON o.database_id = d.id ";
    }

    /** The object of that name. */
    public Optional<DefinitionRow> find(Handle handle, String database, String name) {
        return handle.createQuery(select + "WHERE d.name = :database AND o.name = :name")
                .bind("database", database)
                .bind("name", name)
                .map(MAPPER)
                .findOne();
    }

    /** Objects of a database by name in byte order, beginning after {@code after}. */
    public List<DefinitionRow> list(
            Handle handle, String databaseId, NameFilter filter, Optional<String> after, int limit) {
        NameCondition condition = NameCondition.of("o.name", "object", filter);
        return condition
                .bindTo(handle.createQuery(select + "WHERE o.database_id = :database AND o.name > :after"
                        + condition.sql() + " ORDER BY o.name LIMIT :limit"))
                .bind("database", databaseId)
                .bind("after", after.orElse(""))
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** Whether a database has none of these objects. */
    public boolean isEmpty(Handle handle, String databaseId) {
        return list(handle, databaseId, new NameFilter.Any(), Optional.empty(), 1)
                .isEmpty();
    }

    /** Objects of all databases by database and name in byte order, beginning after that pair. */
    public List<DefinitionRow> listGlobally(
            Handle handle,
            NameFilter databases,
            NameFilter objects,
            String afterDatabase,
            String afterObject,
            int limit) {
        NameCondition databaseCondition = NameCondition.of("d.name", "database", databases);
        NameCondition objectCondition = NameCondition.of("o.name", "object", objects);
        String sql = select
                + "WHERE (d.name > :afterDatabase OR (d.name = :afterDatabase AND o.name > :afterObject))"
                + databaseCondition.sql() + objectCondition.sql() + " ORDER BY d.name, o.name LIMIT :limit";
        return objectCondition
                .bindTo(databaseCondition.bindTo(handle.createQuery(sql)))
                .bind("afterDatabase", afterDatabase)
                .bind("afterObject", afterObject)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** Adds an object; its id, and its name within the database, must be new. */
    public void insert(Handle handle, DefinitionRow object) {
        AuditColumns.bind(
                        handle.createUpdate("INSERT INTO " + table + " (id, database_id, name, definition, "
                                + AuditColumns.NAMES + ") VALUES (:id, :databaseId, :name, :definition, "
                                + AuditColumns.PARAMETERS + ")"),
                        object.audit())
                .bind("id", object.id())
                .bind("databaseId", object.databaseId())
                .bind("name", object.name())
                .bind("definition", object.definition())
                .execute();
    }

    /** Gives an object another definition. */
    public void redefine(Handle handle, String id, String definition, String user, long now) {
        handle.createUpdate("UPDATE " + table + " SET definition = :definition, updated_at = :now, updated_by = :user"
                        + " WHERE id = :id")
                .bind("definition", definition)
                .bind("now", now)
                .bind("user", user)
                .bind("id", id)
                .execute();
    }

    /** Gives an object another name, perhaps in another database. */
    public void rename(Handle handle, String id, String databaseId, String name, String user, long now) {
        handle.createUpdate("UPDATE " + table + " SET database_id = :databaseId, name = :name, updated_at = :now,"
                        + " updated_by = :user WHERE id = :id")
                .bind("databaseId", databaseId)
                .bind("name", name)
                .bind("now", now)
                .bind("user", user)
                .bind("id", id)
                .execute();
    }

    /** Removes an object. */
    public void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM " + table + " WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
