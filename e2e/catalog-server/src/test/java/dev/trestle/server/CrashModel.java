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
package dev.trestle.server;

import dev.trestle.server.suite.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.PropertyChange;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewImpl;

/**
 * What one client knows about databases that are its own: what was confirmed to it, and the one change of which it
 * does not know whether it happened.
 */
final class CrashModel {

    private static final String MARK = "mark";
    private static final String VIEW = "w";
    private static final List<String> TABLES = List.of("t1", "t2", "t3");

    /** A table: its mark, the rows in it, and the rows in each of its tags and branches. */
    record TableState(int mark, List<String> rows, Map<String, List<String>> tags, Map<String, List<String>> branches) {

        static TableState empty(int mark) {
            return new TableState(mark, List.of(), Map.of(), Map.of());
        }
    }

    /** A database: its mark, the mark of its view if it has one, and its tables. */
    record DatabaseState(int mark, Optional<Integer> view, Map<String, TableState> tables) {}

    /** A change, as a request and as what it does to the state. */
    record Change(String description, Request request, Map<String, DatabaseState> after) {}

    /** Sends a change. */
    @FunctionalInterface
    interface Request {
        void send(Catalog catalog) throws Exception;
    }

    private final List<String> databases;
    private final Random random;
    private Map<String, DatabaseState> confirmed = new TreeMap<>();
    private Optional<Change> unknown = Optional.empty();
    private int counter;

    CrashModel(String name, long seed) {
        this.databases = List.of(name + "_a", name + "_b");
        this.random = new Random(seed);
    }

    /** Sends one change; an exception means that nobody knows what became of it. */
    void step(Catalog catalog) throws Exception {
        Change change = choose();
        unknown = Optional.of(change);
        change.request().send(catalog);
        confirmed = change.after();
        unknown = Optional.empty();
    }

    private Change choose() {
        counter++;
        String database = pick(databases);
        String table = pick(TABLES);
        Identifier id = Identifier.create(database, table);
        if (!confirmed.containsKey(database)) {
            return new Change(
                    "create " + database,
                    catalog -> catalog.createDatabase(database, false, Map.of(MARK, "0")),
                    withDatabase(database, new DatabaseState(0, Optional.empty(), Map.of())));
        }
        DatabaseState state = confirmed.get(database);
        int mark = counter;
        int choice = random.nextInt(20);
        if (choice == 0) {
            return new Change(
                    "drop " + database, catalog -> catalog.dropDatabase(database, false, true), without(database));
        }
        if (choice == 1) {
            return new Change(
                    "mark " + database + " " + mark,
                    catalog -> catalog.alterDatabase(
                            database, List.of(PropertyChange.setProperty(MARK, String.valueOf(mark))), false),
                    withDatabase(database, new DatabaseState(mark, state.view(), state.tables())));
        }
        if (choice == 2) {
            return changeView(Identifier.create(database, VIEW), state, mark);
        }
        if (!state.tables().containsKey(table)) {
            Schema schema = Schema.newBuilder()
                    .column("k", DataTypes.INT())
                    .option(MARK, String.valueOf(mark))
                    // A commit that meets a dead server is to fail, not to wait for it.
                    .option("commit.max-retries", "0")
                    .build();
            return new Change(
                    "create " + id + " " + mark,
                    catalog -> catalog.createTable(id, schema, false),
                    withTable(confirmed, id, Optional.of(TableState.empty(mark))));
        }
        TableState existing = state.tables().get(table);
        if (choice < 5) {
            return new Change(
                    "mark " + id + " " + mark,
                    catalog -> catalog.alterTable(id, SchemaChange.setOption(MARK, String.valueOf(mark)), false),
                    withTable(
                            confirmed,
                            id,
                            Optional.of(new TableState(mark, existing.rows(), existing.tags(), existing.branches()))));
        }
        if (choice < 8) {
            return new Change(
                    "drop " + id, catalog -> catalog.dropTable(id, false), withTable(confirmed, id, Optional.empty()));
        }
        String otherDatabase = pick(databases);
        Identifier other = Identifier.create(otherDatabase, pick(TABLES));
        boolean free = confirmed.containsKey(otherDatabase)
                && !confirmed.get(otherDatabase).tables().containsKey(other.getObjectName());
        if (choice < 12 && free) {
            return new Change(
                    "rename " + id + " to " + other,
                    catalog -> catalog.renameTable(id, other, false),
                    withTable(withTable(confirmed, id, Optional.empty()), other, Optional.of(existing)));
        }
        if (choice < 14 && !existing.rows().isEmpty()) {
            return makeTagOrBranch(id, existing, mark);
        }
        List<String> rows = new ArrayList<>(existing.rows());
        rows.add("[" + mark + "]");
        rows.sort(null);
        return new Change(
                "write " + mark + " into " + id,
                catalog -> Rows.write(catalog.getTable(id), Rows.row(mark)),
                withTable(
                        confirmed,
                        id,
                        Optional.of(new TableState(existing.mark(), rows, existing.tags(), existing.branches()))));
    }

    private Change changeView(Identifier id, DatabaseState state, int mark) {
        boolean drop = state.view().isPresent();
        View view = new ViewImpl(id, List.of(), "SELECT 1", Map.of(), null, Map.of(MARK, String.valueOf(mark)));
        return new Change(
                (drop ? "drop view " : "create view ") + id + " " + mark,
                catalog -> {
                    if (drop) {
                        catalog.dropView(id, false);
                    } else {
                        catalog.createView(id, view, false);
                    }
                },
                withDatabase(
                        id.getDatabaseName(),
                        new DatabaseState(state.mark(), drop ? Optional.empty() : Optional.of(mark), state.tables())));
    }

    /** Tags the latest rows, or makes a branch of a tag that has none yet. */
    private Change makeTagOrBranch(Identifier id, TableState table, int mark) {
        Optional<String> tag = table.tags().keySet().stream()
                .filter(name -> !table.branches().containsKey(branch(name)))
                .findFirst();
        Map<String, List<String>> tags = new TreeMap<>(table.tags());
        Map<String, List<String>> branches = new TreeMap<>(table.branches());
        if (tag.isPresent()) {
            branches.put(branch(tag.get()), tags.get(tag.get()));
        } else {
            tags.put("g" + mark, table.rows());
        }
        return new Change(
                tag.isPresent() ? "branch " + id + " from " + tag.get() : "tag " + id + " as g" + mark,
                catalog -> {
                    if (tag.isPresent()) {
                        catalog.createBranch(id, branch(tag.get()), tag.get());
                    } else {
                        catalog.createTag(id, "g" + mark, null, null, false);
                    }
                },
                withTable(confirmed, id, Optional.of(new TableState(table.mark(), table.rows(), tags, branches))));
    }

    private static String branch(String tag) {
        return "of-" + tag;
    }

    /** Compares with what a server holds after a restart, and goes on from there. */
    void verify(Catalog catalog) throws Exception {
        Map<String, DatabaseState> actual = read(catalog);
        boolean applied = unknown.map(change -> change.after().equals(actual)).orElse(false);
        if (!applied && !actual.equals(confirmed)) {
            throw new AssertionError("The server holds\n  " + actual + "\nbut confirmed was\n  " + confirmed
                    + "\nand unknown is\n  " + unknown.map(Change::description).orElse("nothing"));
        }
        confirmed = actual;
        unknown = Optional.empty();
    }

    private Map<String, DatabaseState> read(Catalog catalog) throws Exception {
        Map<String, DatabaseState> state = new TreeMap<>();
        for (String database : catalog.listDatabases()) {
            if (databases.contains(database)) {
                Map<String, TableState> tables = new TreeMap<>();
                for (String name : catalog.listTables(database)) {
                    Table table = catalog.getTable(Identifier.create(database, name));
                    tables.put(name, readTable(catalog, Identifier.create(database, name), table));
                }
                Optional<Integer> view = catalog.listViews(database).isEmpty()
                        ? Optional.empty()
                        : Optional.of(mark(catalog.getView(Identifier.create(database, VIEW))
                                .options()));
                state.put(
                        database,
                        new DatabaseState(mark(catalog.getDatabase(database).options()), view, tables));
            }
        }
        return state;
    }

    private static TableState readTable(Catalog catalog, Identifier id, Table table) throws Exception {
        Map<String, List<String>> tags = new TreeMap<>();
        for (String tag : catalog.listTagsPaged(id, null, null, null).getElements()) {
            tags.put(tag, Rows.read(table.copy(Map.of("scan.tag-name", tag))));
        }
        Map<String, List<String>> branches = new TreeMap<>();
        for (String branch : catalog.listBranches(id)) {
            Identifier identifier = new Identifier(id.getDatabaseName(), id.getObjectName(), branch);
            branches.put(branch, Rows.read(catalog.getTable(identifier)));
        }
        return new TableState(mark(table.options()), Rows.read(table), tags, branches);
    }

    private static int mark(Map<String, String> options) {
        return Integer.parseInt(options.get(MARK));
    }

    private Map<String, DatabaseState> withDatabase(String name, DatabaseState state) {
        Map<String, DatabaseState> all = new TreeMap<>(confirmed);
        all.put(name, state);
        return all;
    }

    private Map<String, DatabaseState> without(String name) {
        Map<String, DatabaseState> all = new TreeMap<>(confirmed);
        all.remove(name);
        return all;
    }

    private static Map<String, DatabaseState> withTable(
            Map<String, DatabaseState> before, Identifier id, Optional<TableState> table) {
        DatabaseState database = before.get(id.getDatabaseName());
        Map<String, TableState> tables = new TreeMap<>(database.tables());
        tables.remove(id.getObjectName());
        table.ifPresent(state -> tables.put(id.getObjectName(), state));
        Map<String, DatabaseState> all = new TreeMap<>(before);
        all.put(id.getDatabaseName(), new DatabaseState(database.mark(), database.view(), tables));
        return all;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
