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

import static io.trino.spi.StandardErrorCode.AMBIGUOUS_NAME;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.PageTokens;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Database;
import org.apache.paimon.catalog.Identifier;

/**
 * Finds the service's name of what Trino, which folds case, names in lower case. The exact name is tried first and needs no
 * listing; only when it is missing are the names listed, once in a transaction.
 */
public final class ObjectNames {

    /** Names that Trino asks for by itself, and under which this catalog has nothing. */
    private static final Set<String> GUESSED = Set.of("information_schema", "system");

    private static final int PAGE = 1_000;

    private final SessionCatalogs catalogs;
    private final TransactionMemory memory;
    private final TransactionMemory.Part<String, String> databases;
    private final TransactionMemory.Part<String, Optional<Database>> described;
    private final TransactionMemory.Part<String, List<String>> tables;
    private final TransactionMemory.Part<String, List<String>> views;

    public ObjectNames(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.memory = new TransactionMemory(catalogs);
        this.databases = memory.part();
        this.described = memory.part();
        this.tables = memory.part();
        this.views = memory.part();
    }

    /** Something that needs the service's name of a database. */
    @FunctionalInterface
    public interface InDatabase<T> {
        T run(String database) throws Exception;
    }

    /** Whether there can be such a schema: not if Trino guesses the name, of which the service is not asked. */
    public static boolean mayExist(String schema) {
        return !GUESSED.contains(schema);
    }

    /** What Trino calls an object of the service's. */
    public static String fold(String name) {
        return name.toLowerCase(Locale.ENGLISH);
    }

    /** What else this transaction remembers, and forgets with the names. */
    public TransactionMemory memory() {
        return memory;
    }

    /** Forgets which names there are, since this transaction has changed something. */
    public void forget() {
        memory.forget();
    }

    /**
     * Does something in the database of a schema: under the schema's own name, and if there is no such database, under the
     * name that folds to it.
     *
     * @throws Catalog.DatabaseNotExistException if there is none under either
     */
    public <T> T inDatabase(ConnectorSession session, String schema, InDatabase<T> action) throws Exception {
        if (!mayExist(schema)) {
            throw new Catalog.DatabaseNotExistException(schema);
        }
        Optional<String> known = databases.known(session, schema);
        if (known.isPresent()) {
            return action.run(known.get());
        }
        try {
            return action.run(schema);
        } catch (Catalog.DatabaseNotExistException e) {
            String folded = foldedDatabase(session, schema).orElseThrow(() -> e);
            databases.keep(session, schema, folded);
            return action.run(folded);
        }
    }

    /** The database of a schema; empty if there is none. Loaded once in a transaction. */
    public Optional<Database> database(ConnectorSession session, String schema) {
        return described.learn(session, schema, () -> loadDatabase(session, schema));
    }

    private Optional<Database> loadDatabase(ConnectorSession session, String schema) {
        return TrinoErrors.call("look at schema " + schema, () -> {
            try {
                return Optional.of(inDatabase(
                        session, schema, database -> catalogs.of(session).getDatabase(database)));
            } catch (Catalog.DatabaseNotExistException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * The service's name of a schema that must exist.
     *
     * @throws Catalog.DatabaseNotExistException if it does not
     */
    public String requireDatabase(ConnectorSession session, String schema) throws Catalog.DatabaseNotExistException {
        return database(session, schema)
                .orElseThrow(() -> new Catalog.DatabaseNotExistException(schema))
                .name();
    }

    private Optional<String> foldedDatabase(ConnectorSession session, String schema) {
        return catalogs.of(session).caseSensitive()
                ? only("schema '" + schema + "'", schema, catalogs.of(session).listDatabases())
                : Optional.empty();
    }

    /** The table whose name folds to this one, and is another. */
    Optional<Identifier> foldedTable(ConnectorSession session, SchemaTableName name) {
        return folded(
                session,
                name,
                tables,
                (database, token) -> catalogs.of(session).listTablesPaged(database, PAGE, token, null, null));
    }

    /** The view whose name folds to this one, and is another. */
    public Optional<Identifier> foldedView(ConnectorSession session, SchemaTableName name) {
        return folded(
                session,
                name,
                views,
                (database, token) -> catalogs.of(session).listViewsPaged(database, PAGE, token, null));
    }

    @FunctionalInterface
    private interface Listing {
        PagedList<String> page(String database, String token) throws Catalog.DatabaseNotExistException;
    }

    private Optional<Identifier> folded(
            ConnectorSession session,
            SchemaTableName name,
            TransactionMemory.Part<String, List<String>> known,
            Listing listing) {
        if (!catalogs.of(session).caseSensitive()) {
            return Optional.empty();
        }
        return TrinoErrors.call("find " + name, () -> {
            try {
                return inDatabase(session, name.getSchemaName(), database -> {
                    Optional<List<String>> before = known.known(session, database);
                    List<String> all = before.isPresent() ? before.get() : list(database, listing);
                    if (before.isEmpty()) {
                        known.keep(session, database, all);
                    }
                    return matching(database, name, all);
                });
            } catch (Catalog.DatabaseNotExistException | UnsupportedOperationException e) {
                return Optional.empty();
            }
        });
    }

    /** In a database that was found by folding, the object may have the very name. */
    private static Optional<Identifier> matching(String database, SchemaTableName name, List<String> all) {
        if (!database.equals(name.getSchemaName()) && all.contains(name.getTableName())) {
            return Optional.of(new Identifier(database, name.getTableName()));
        }
        return only("'" + name + "'", name.getTableName(), all).map(object -> new Identifier(database, object));
    }

    private static List<String> list(String database, Listing listing) throws Catalog.DatabaseNotExistException {
        List<String> all = new ArrayList<>();
        PageTokens tokens = new PageTokens();
        String token = null;
        do {
            PagedList<String> page = listing.page(database, token);
            all.addAll(page.getElements());
            token = tokens.next(page.getNextPageToken());
        } while (token != null);
        return all;
    }

    private static Optional<String> only(String subject, String name, List<String> all) {
        List<String> matching = all.stream()
                .filter(other -> !other.equals(name) && fold(other).equals(name))
                .sorted()
                .toList();
        if (matching.size() > 1) {
            throw new TrinoException(
                    AMBIGUOUS_NAME,
                    "Trino cannot tell what " + subject + " is: there are '" + String.join("' and '", matching)
                            + "', which differ in case alone");
        }
        return matching.stream().findFirst();
    }
}
