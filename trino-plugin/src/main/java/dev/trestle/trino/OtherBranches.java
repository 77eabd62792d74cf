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

import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.options.ConfigOption;
import org.apache.paimon.table.DelegatedFileStoreTable;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;

/** Tables that show rows of another branch beside their own, and write to their own alone. */
public final class OtherBranches {

    private OtherBranches() {}

    /**
     * Refuses a statement that would change, or take away, only some of the rows that the table shows. Those of the other
     * branch would stay, or come up where rows of this one have hidden them.
     *
     * @param done what cannot be done with the table, to follow "cannot be", for example {@code truncated}
     * @throws UnsupportedOperationException naming the branch, and what to do
     */
    public static void requireNone(FileStoreTable table, String done) {
        FileStoreTable shown = table;
        while (shown instanceof DelegatedFileStoreTable outer && !(shown instanceof FallbackReadFileStoreTable)) {
            shown = outer.wrapped();
        }
        if (shown instanceof FallbackReadFileStoreTable both) {
            String branch = both.other().coreOptions().branch();
            String option = option(both);
            throw new UnsupportedOperationException("Table " + table.fullName() + " cannot be " + done
                    + ": it shows rows of its branch '" + branch + "' too ('" + option + "'), which it does not change."
                    + " Change those by the name of the branch, \"" + table.name() + "$branch_" + branch
                    + "\", or first take the option away: ALTER TABLE … SET PROPERTIES options = MAP(ARRAY['" + option
                    + "'], ARRAY[NULL])");
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
