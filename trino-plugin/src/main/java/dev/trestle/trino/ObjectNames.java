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

import static java.util.Objects.requireNonNull;

import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;

/** Finds the service's name of what Trino, which folds case, names in lower case. */
final class ObjectNames {

    private final SessionCatalogs catalogs;

    ObjectNames(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    /** The service's name of a table. */
    Optional<Identifier> table(ConnectorSession session, SchemaTableName name) {
        requireNonNull(catalogs.of(session), "catalog is null");
        return Optional.of(Identifier.create(name.getSchemaName(), name.getTableName()));
    }
}
