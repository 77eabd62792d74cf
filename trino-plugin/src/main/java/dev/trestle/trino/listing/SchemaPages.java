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
package dev.trestle.trino.listing;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.PageTokens;
import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.connector.ConnectorSession;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through the pages of a listing, of one schema or of all. */
final class SchemaPages {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaPages.class);

    /** As many as services answer at once; one that answers fewer says so by a token. */
    static final int SIZE = 1_000;

    private final SessionCatalogs catalogs;
    private final ObjectNames names;

    SchemaPages(SessionCatalogs catalogs, ObjectNames names) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
    }

    /** One page of the objects of a database. */
    @FunctionalInterface
    interface Source<T> {

        /** @param token null for the first page */
        PagedList<T> page(String database, String token) throws Catalog.DatabaseNotExistException;
    }

    /**
     * Hands over each page with its schema as Trino names it. A schema that is not there has no pages; among all schemas,
     * one that may not be listed has none either.
     */
    <T> void forEach(
            ConnectorSession session, Optional<String> schema, Source<T> source, BiConsumer<String, List<T>> page) {
        if (schema.isPresent()) {
            forEachOf(session, schema.get(), source, page);
            return;
        }
        for (String database :
                TrinoErrors.call("list schemas", () -> catalogs.of(session).listDatabases())) {
            try {
                read(database, source, page);
            } catch (Catalog.DatabaseNotExistException e) {
                LOG.debug("Database {} was dropped while all were listed", database, e);
            } catch (Catalog.DatabaseNoPermissionException e) {
                LOG.warn("Database {} is left out of a listing: {}", database, e.getMessage());
            } catch (UnsupportedOperationException e) {
                return;
            } catch (RuntimeException e) {
                throw TrinoErrors.translate("list schema " + database, e);
            }
        }
    }

    private <T> void forEachOf(
            ConnectorSession session, String schema, Source<T> source, BiConsumer<String, List<T>> page) {
        TrinoErrors.run("list schema " + schema, () -> {
            try {
                names.inDatabase(session, schema, database -> {
                    read(database, source, page);
                    return database;
                });
            } catch (Catalog.DatabaseNotExistException | UnsupportedOperationException e) {
                LOG.debug("Schema {} has nothing to list", schema, e);
            }
        });
    }

    private static <T> void read(String database, Source<T> source, BiConsumer<String, List<T>> sink)
            throws Catalog.DatabaseNotExistException {
        PageTokens tokens = new PageTokens();
        String token = null;
        do {
            PagedList<T> page = source.page(database, token);
            sink.accept(ObjectNames.fold(database), page.getElements());
            token = tokens.next(page.getNextPageToken());
        } while (token != null);
    }
}
