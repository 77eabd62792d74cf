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

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.trino.read.Pushdown;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.SchemaTableName;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;

/**
 * A table as a statement reads it.
 *
 * @param name as Trino has it, in lower case
 * @param database as the service has it
 * @param object as the service has it, with the branch and the system table
 * @param description empty for the tables of the database {@code sys}, which are made on the spot
 * @param options how to read it, in Paimon's terms: for example the snapshot that the statement asks for
 * @param pushdown the part of the query that the read takes over
 */
public record TrestleTableHandle(
        SchemaTableName name,
        String database,
        String object,
        Optional<TableDescription> description,
        Map<String, String> options,
        Pushdown pushdown)
        implements ConnectorTableHandle {

    public TrestleTableHandle {
        requireNonNull(name, "name is null");
        requireNonNull(database, "database is null");
        requireNonNull(object, "object is null");
        requireNonNull(description, "description is null");
        options = Map.copyOf(options);
        requireNonNull(pushdown, "pushdown is null");
    }

    /** The whole table. */
    public TrestleTableHandle(
            SchemaTableName name,
            String database,
            String object,
            Optional<TableDescription> description,
            Map<String, String> options) {
        this(name, database, object, description, options, Pushdown.NONE);
    }

    /** The same table, read otherwise. */
    public TrestleTableHandle with(Pushdown other) {
        return new TrestleTableHandle(name, database, object, description, options, other);
    }

    /** The same table, read with other options. */
    public TrestleTableHandle withOptions(Map<String, String> others) {
        return new TrestleTableHandle(name, database, object, description, others, pushdown);
    }

    /** What the service calls it. */
    public Identifier identifier() {
        return Identifier.create(database, object);
    }

    /** Whether it tells of another table, or of all: such a table has no properties and is not changed. */
    public boolean isSystemTable() {
        return description.isEmpty() || identifier().isSystemTable();
    }

    /**
     * Refuses what changes a table, if this is none that is changed.
     *
     * @param what of the statement: "altered"
     * @throws TrinoException if it is a system table
     */
    public void requireNotSystemTable(String what) {
        if (isSystemTable()) {
            throw new TrinoException(NOT_SUPPORTED, "Table " + name + " tells of another table and cannot be " + what);
        }
    }

    @Override
    public String toString() {
        return database + "." + object + (options.isEmpty() ? "" : options) + pushdown;
    }
}
