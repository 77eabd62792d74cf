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
import java.util.List;
import java.util.Locale;

/** The schemas of a catalog: the service's databases. */
final class Schemas {

    private final SessionCatalogs catalogs;

    Schemas(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    List<String> list(ConnectorSession session) {
        return TrinoErrors.call("list schemas", () -> catalogs.of(session).listDatabases()).stream()
                .map(name -> name.toLowerCase(Locale.ENGLISH))
                .distinct()
                .toList();
    }
}
