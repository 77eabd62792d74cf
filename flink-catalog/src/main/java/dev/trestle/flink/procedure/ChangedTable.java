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
package dev.trestle.flink.procedure;

import dev.trestle.flink.write.OtherBranches;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;

/** The table whose rows a procedure changes. */
final class ChangedTable {

    private ChangedTable() {}

    /**
     * Refuses a procedure that would change only some of the rows that the table shows.
     *
     * @param done as in {@link OtherBranches#requireNone}
     * @throws UnsupportedOperationException if the table shows rows of another branch beside its own
     */
    static void requireNoOtherBranch(Catalog catalog, String table, String done) {
        try {
            OtherBranches.requireNone(catalog.getTable(Identifier.fromString(table)), done);
        } catch (Catalog.TableNotExistException e) {
            // The procedure says so itself.
            return;
        }
    }
}
