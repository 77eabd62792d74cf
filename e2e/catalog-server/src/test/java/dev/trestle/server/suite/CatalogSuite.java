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
package dev.trestle.server.suite;

import dev.trestle.server.suite.TestServer.Ability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the parts of the suite have in common: a new server, client and database a test. A pairing extends each part;
 * see {@link DatabaseSuite}, {@link TableSuite}, {@link AlterSuite}, {@link DataSuite}, {@link ViewSuite} and so on.
 */
@Timeout(120)
public abstract class CatalogSuite {

    private static final String DATABASE = "db";

    private TestServer server;
    private Catalog catalog;

    /** Starts the pairing's server, with its files under an empty directory. */
    protected abstract TestServer startServer(Path directory);

    /** Connects the pairing's client. */
    protected abstract Catalog connect(Map<String, String> options);

    @BeforeEach
    final void start(@TempDir Path directory) throws Exception {
        server = startServer(directory);
        catalog = connect(server.clientOptions());
        catalog.createDatabase(DATABASE, false);
    }

    @AfterEach
    final void stop() throws Exception {
        try {
            if (catalog != null) {
                catalog.close();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    /** The client. */
    protected final Catalog catalog() {
        return catalog;
    }

    /** The server. */
    protected final TestServer server() {
        return server;
    }

    /** A database that each test begins with, empty. */
    protected final String database() {
        return DATABASE;
    }

    /** A name in that database. */
    protected final Identifier id(String name) {
        return Identifier.create(DATABASE, name);
    }

    /** Skips the rest of a test on a server that lacks an ability. */
    protected final void needs(Ability ability) {
        Assumptions.assumeTrue(server.can(ability), "the server cannot: " + ability);
    }

    /** Makes a table of two columns, {@code k INT} and {@code v STRING}, without keys. */
    protected final Table createTable(String name) throws Exception {
        return createTable(name, simple().build());
    }

    /** Makes a table. */
    protected final Table createTable(String name, Schema schema) throws Exception {
        catalog.createTable(id(name), schema, false);
        return catalog.getTable(id(name));
    }

    /** The columns {@code k INT} and {@code v STRING}. */
    protected static Schema.Builder simple() {
        return Schema.newBuilder().column("k", DataTypes.INT()).column("v", DataTypes.STRING());
    }

    /** Asks for a page by the token of the page before. */
    @FunctionalInterface
    protected interface PageSource<T> {
        PagedList<T> page(String token) throws Exception;
    }

    /** All items of a listing, page by page. */
    protected static <T> List<T> pages(PageSource<T> source) throws Exception {
        List<T> items = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            PagedList<T> page = source.page(token);
            items.addAll(page.getElements());
            token = page.getNextPageToken();
        } while (token != null && ++pages < 100);
        return items;
    }

    /** Names that each need encoding in another way. */
    protected static List<String> awkwardNames() {
        return List.of(
                "a b",
                "a+b",
                "a%b",
                "a%20b",
                "a/b",
                "a\\b",
                "a?b=c&d",
                "a#b",
                "a;b",
                "a'b\"c`d",
                "ä",
                "表",
                "😀",
                "UPPER",
                "a_b",
                "-",
                "~",
                "a:b",
                "a@b",
                "(a)",
                "{a}",
                "a,b",
                "a|b",
                "a*b");
    }
}
