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
package dev.trestle.trino.schema;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.security.PrincipalType;
import io.trino.spi.security.TrinoPrincipal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Database;

/** The schemas of a catalog: the service's databases. */
public final class Schemas {

    private final SessionCatalogs catalogs;
    private final ObjectNames names;

    public Schemas(SessionCatalogs catalogs, ObjectNames names) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
    }

    /** As Trino names them. */
    public List<String> list(ConnectorSession session) {
        return TrinoErrors.call("list schemas", () -> catalogs.of(session).listDatabases()).stream()
                .map(ObjectNames::fold)
                .distinct()
                .toList();
    }

    /** Asks for this schema alone, and not at all if Trino guesses its name. */
    public boolean exists(ConnectorSession session, String schema) {
        return names.database(session, schema).isPresent();
    }

    /**
     * @param owner who creates it; the service keeps who that is by its own means
     * @throws TrinoException if it is to be somebody else's
     */
    public void create(ConnectorSession session, String schema, Map<String, Object> properties, TrinoPrincipal owner) {
        // Trino folds the name of the owner, and not that of the session's user.
        if (owner.getType() != PrincipalType.USER || !owner.getName().equalsIgnoreCase(session.getUser())) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Schema " + schema + " cannot be made for " + owner
                            + ": the service keeps by itself who has made it. Leave out AUTHORIZATION");
        }
        TrinoErrors.run("create schema " + schema, () -> {
            catalogs.of(session).createDatabase(schema, false, SchemaProperties.toOptions(properties));
            names.forget();
        });
    }

    /** @param cascade false refuses a schema in which there is a table, a view or a function */
    public void drop(ConnectorSession session, String schema, boolean cascade) {
        TrinoErrors.run("drop schema " + schema, () -> {
            names.inDatabase(session, schema, database -> {
                catalogs.of(session).dropDatabase(database, false, cascade);
                return database;
            });
            names.forget();
        });
    }

    /** What {@code SHOW CREATE SCHEMA} shows. */
    public Map<String, Object> properties(ConnectorSession session, String schema) {
        return names.database(session, schema).map(Schemas::properties).orElse(Map.of());
    }

    private static Map<String, Object> properties(Database database) {
        Map<String, String> options = new HashMap<>(database.options());
        database.comment().ifPresent(comment -> options.put(Catalog.COMMENT_PROP, comment));
        return SchemaProperties.ofOptions(options);
    }
}
