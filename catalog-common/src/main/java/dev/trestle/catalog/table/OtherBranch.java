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
package dev.trestle.catalog.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.ConfigOption;
import org.apache.paimon.table.DelegatedFileStoreTable;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;

/**
 * A branch of which a table shows rows beside its own, while it writes to its own alone.
 *
 * @param name of the branch
 * @param option of the table that makes it show them
 */
public record OtherBranch(String name, String option) {

    /** The branch that a table shows beside its own; empty where it shows its own alone. */
    public static Optional<OtherBranch> of(FileStoreTable table) {
        return all(table).stream().findFirst();
    }

    /** All such branches: a chain table shows two. */
    private static List<OtherBranch> all(FileStoreTable table) {
        return both(table)
                .map(shown -> branches(shown.other())
                        // A branch inherits the option, and may name itself.
                        .filter(name -> !name.equals(shown.coreOptions().branch()))
                        .map(name -> new OtherBranch(name, option(shown)))
                        .toList())
                .orElse(List.of());
    }

    private static Stream<String> branches(FileStoreTable table) {
        Stream<String> own = Stream.of(table.coreOptions().branch());
        return both(table)
                .map(shown -> Stream.concat(own, branches(shown.other())))
                .orElse(own);
    }

    private static Optional<FallbackReadFileStoreTable> both(FileStoreTable table) {
        FileStoreTable shown = table;
        while (shown instanceof DelegatedFileStoreTable outer && !(shown instanceof FallbackReadFileStoreTable)) {
            shown = outer.wrapped();
        }
        return shown instanceof FallbackReadFileStoreTable both ? Optional.of(both) : Optional.empty();
    }

    /**
     * Refuses what would change, or take away, only some of the rows that a table shows. Those of the other branch would stay,
     * come up where rows of the table's own have hidden them, or be hidden with the rest of their partition.
     *
     * @param done what cannot be done with the table, to follow "cannot be", for example {@code truncated}
     * @throws UnsupportedOperationException naming the branch, and what to do
     */
    public static void requireNone(FileStoreTable table, String done, Syntax syntax) {
        of(table).ifPresent(other -> {
            throw new UnsupportedOperationException("Table " + table.fullName() + " cannot be " + done
                    + ": it shows rows of branch '" + other.name + "' too ('" + other.option
                    + "'), which it does not change. Change those by the name of the branch, "
                    + syntax.quoted(other.nameBeside(table))
                    + ", or first take the option away: ALTER TABLE … " + syntax.reset(other.option));
        });
    }

    /**
     * Refuses to drop a branch of which a table shows rows, as Paimon's own {@code deleteBranch} does.
     *
     * @throws UnsupportedOperationException naming the option, if the table shows its rows
     */
    public static void requireNotShown(FileStoreTable table, String branch) {
        requireNotShown(table, branch, "dropped");
    }

    /** Refuses to rename such a branch, whose rows the table would show no more. Throws as {@link #requireNotShown} does. */
    public static void requireNotShownByName(FileStoreTable table, String branch) {
        requireNotShown(table, branch, "renamed");
    }

    private static void requireNotShown(FileStoreTable table, String branch, String done) {
        all(table).stream().filter(other -> other.name.equals(branch)).forEach(other -> {
            throw new UnsupportedOperationException("Branch '" + branch + "' of table " + table.fullName()
                    + " cannot be " + done + ": the table shows its rows ('" + other.option
                    + "'). First take that option away from the table");
        });
    }

    /** The name of this branch as a table of its own, beside one that shows it and may be a branch itself. */
    private String nameBeside(FileStoreTable table) {
        String database = Identifier.UNKNOWN_DATABASE;
        String main = Identifier.create(database, table.name()).getTableName();
        return new Identifier(database, main, name).getObjectName();
    }

    /**
     * How the SQL of an engine says what to do about it.
     *
     * @param quote before and after a name
     * @param reset what stands behind {@code ALTER TABLE} and the table to take an option away, with {@code %s} for the option
     */
    public record Syntax(String quote, String reset) {

        private String quoted(String name) {
            return quote + name + quote;
        }

        private String reset(String option) {
            return reset.formatted(option);
        }
    }

    private static String option(FileStoreTable table) {
        return Stream.of(CoreOptions.SCAN_FALLBACK_BRANCH, CoreOptions.SCAN_PRIMARY_BRANCH)
                .map(ConfigOption::key)
                .filter(table.options()::containsKey)
                .findFirst()
                .orElse(CoreOptions.CHAIN_TABLE_ENABLED.key());
    }
}
