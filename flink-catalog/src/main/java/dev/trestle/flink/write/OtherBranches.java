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
package dev.trestle.flink.write;

import dev.trestle.catalog.table.OtherBranch;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** Tables that show rows of another branch beside their own, and write to their own alone. */
public final class OtherBranches {

    private OtherBranches() {}

    /**
     * Refuses a statement that would change, or take away, only some of the rows that the table shows. Those of the other
     * branch would stay, come up where rows of this one have hidden them, or be hidden with the rest of their partition.
     *
     * @param done what cannot be done with the table, to follow "cannot be", for example {@code truncated}
     * @throws UnsupportedOperationException naming the branch, and what to do
     */
    public static void requireNone(Table table, String done) {
        if (table instanceof FileStoreTable stored) {
            OtherBranch.of(stored).ifPresent(other -> {
                throw new UnsupportedOperationException("Table " + table.fullName() + " cannot be " + done
                        + ": it shows rows of its branch '" + other.name() + "' too ('" + other.option()
                        + "'), which it does not change. Change those by the name of the branch, `" + table.name()
                        + "$branch_" + other.name() + "`, or first take the option away: ALTER TABLE … RESET ('"
                        + other.option() + "')");
            });
        }
    }
}
