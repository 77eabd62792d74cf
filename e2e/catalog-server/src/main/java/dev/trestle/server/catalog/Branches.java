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
package dev.trestle.server.catalog;

import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.store.DonePartitions;
import dev.trestle.server.store.FileIntent;
import dev.trestle.server.store.FileIntents;
import dev.trestle.server.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.TableSchema;

/**
 * Branches of tables, which are directories as Paimon's own branch procedures make them. Each change that takes more
 * than one step is on the list of intents while it lasts. Thread-safe.
 */
public final class Branches {

    private final Store store;
    private final TableLocator locator;
    private final FileCleaner cleaner;
    private final Clock clock;

    Branches(Store store, TableLocator locator, FileCleaner cleaner, Clock clock) {
        this.store = store;
        this.locator = locator;
        this.cleaner = cleaner;
        this.clock = clock;
    }

    /** Names in byte order, without {@code main}. */
    public List<String> list(Identifier identifier) {
        return locator.read(identifier, table -> {
            Schemas.ofPaimonTable(table);
            return table.files().branches().branches().stream().sorted().toList();
        });
    }

    /** Makes a branch: with a tag's snapshot in it, or with the table's schemas alone. */
    public void create(Identifier identifier, String branch, Optional<String> fromTag) {
        checkName(branch);
        locator.locked(identifier, table -> {
            Schemas.ofPaimonTable(table);
            checkFree(table, branch);
            fromTag.filter(tag -> Tags.find(table, tag).isEmpty()).ifPresent(tag -> {
                throw Tags.missing(table, tag);
            });
            FileIntent intent = intend(FileIntent.Kind.CREATE_BRANCH, table, branch);
            boolean done = false;
            try {
                if (fromTag.isPresent()) {
                    table.files().branches().createBranch(branch, fromTag.get());
                } else {
                    table.files().branches().createBranch(branch);
                }
                store.run(handle -> FileIntents.remove(handle, intent.id()));
                done = true;
            } finally {
                if (!done) {
                    cleaner.carryOut(intent);
                }
            }
            return table;
        });
    }

    /** Drops a branch, unless the table's reads fall back on it. */
    public void drop(Identifier identifier, String branch) {
        locator.locked(identifier, table -> {
            TableSchema schema = Schemas.ofPaimonTable(table);
            requireBranch(table, branch);
            for (var option : List.of(CoreOptions.SCAN_FALLBACK_BRANCH, CoreOptions.SCAN_PRIMARY_BRANCH)) {
                if (branch.equals(schema.options().get(option.key()))) {
                    throw CatalogException.invalid("Branch " + branch + " is named by the option '" + option.key()
                            + "' of table " + table.fullName() + ". Reset that option first.");
                }
            }
            FileIntent intent = store.write(handle -> {
                DonePartitions.remove(handle, table.row().id(), branch);
                return FileIntents.add(
                        handle,
                        FileIntent.Kind.DELETE,
                        table.files().branchPath(branch).toString(),
                        Optional.of(table.row().id()),
                        clock.millis());
            });
            cleaner.carryOut(intent);
            if (exists(table, branch)) {
                throw new IllegalStateException("The files of branch " + branch + " of table " + table.fullName()
                        + " could not be removed; that is tried again at the next start");
            }
            return table;
        });
    }

    /** Gives a branch another name. */
    public void rename(Identifier identifier, String from, String to) {
        checkName(to);
        locator.locked(identifier, table -> {
            Schemas.ofPaimonTable(table);
            requireBranch(table, from);
            checkFree(table, to);
            table.files().branches().renameBranch(from, to);
            store.run(handle -> DonePartitions.rename(handle, table.row().id(), from, to));
            return table;
        });
    }

    /** Replaces what the table has since the branch's first snapshot by what the branch has. */
    public void fastForward(Identifier identifier, String branch) {
        locator.locked(identifier, table -> {
            Schemas.ofPaimonTable(table);
            requireBranch(table, branch);
            if (!table.files().branch().equals(Identifier.DEFAULT_MAIN_BRANCH)) {
                throw CatalogException.invalid("Only a table itself can be fast-forwarded, not its branch "
                        + table.files().branch() + ".");
            }
            if (table.files().onBranch(branch).snapshots().earliestSnapshotId() == null) {
                throw CatalogException.invalid("Branch " + branch + " of table " + table.fullName()
                        + " has no snapshot, so there is nothing to forward to.");
            }
            FileIntent intent = intend(FileIntent.Kind.FORWARD_BRANCH, table, branch);
            table.files().branches().fastForward(branch);
            store.run(handle -> FileIntents.remove(handle, intent.id()));
            return table;
        });
    }

    private FileIntent intend(FileIntent.Kind kind, LocatedTable table, String branch) {
        return store.write(handle -> FileIntents.add(
                handle,
                kind,
                table.files().branchPath(branch).toString(),
                Optional.of(table.row().id()),
                clock.millis()));
    }

    private static void checkName(String branch) {
        Names.checkFile("branch", branch);
        if (branch.contains(Identifier.SYSTEM_TABLE_SPLITTER)) {
            throw CatalogException.invalid("A branch's name cannot contain '" + Identifier.SYSTEM_TABLE_SPLITTER
                    + "', which begins the name of a system table: " + branch);
        }
        if (branch.toLowerCase(Locale.ROOT).equals(Identifier.DEFAULT_MAIN_BRANCH)) {
            throw CatalogException.invalid("The name " + branch + " is the table's own branch's.");
        }
        if (branch.chars().allMatch(Character::isDigit)) {
            throw CatalogException.invalid("A branch's name cannot be a number, as that of a snapshot: " + branch);
        }
    }

    private static void checkFree(LocatedTable table, String branch) {
        if (exists(table, branch)) {
            throw CatalogException.alreadyExists(
                    Resource.BRANCH, branch, "Branch " + branch + " of table " + table.fullName() + " already exists.");
        }
    }

    private static void requireBranch(LocatedTable table, String branch) {
        if (!exists(table, branch)) {
            throw CatalogException.notFound(
                    Resource.BRANCH, branch, "Branch " + branch + " of table " + table.fullName() + " does not exist.");
        }
    }

    private static boolean exists(LocatedTable table, String branch) {
        return Names.isFile(branch) && table.files().branches().branchExists(branch);
    }
}
