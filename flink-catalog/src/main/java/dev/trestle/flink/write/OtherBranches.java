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

    private static final OtherBranch.Syntax FLINK_SQL = new OtherBranch.Syntax("`", "RESET ('%s')");

    private OtherBranches() {}

    /** As {@link OtherBranch#requireNone}, in the words of Flink's SQL. A table without branches passes. */
    public static void requireNone(Table table, String done) {
        if (table instanceof FileStoreTable stored) {
            OtherBranch.requireNone(stored, done, FLINK_SQL);
        }
    }
}
