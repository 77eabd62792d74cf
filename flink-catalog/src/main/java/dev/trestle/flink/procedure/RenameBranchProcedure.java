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

import dev.trestle.catalog.table.OtherBranch;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;

/** Paimon's procedure that renames a branch, refused for one whose rows the table shows: it knows them by the name. */
public final class RenameBranchProcedure extends org.apache.paimon.flink.procedure.RenameBranchProcedure {

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "from_branch", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "to_branch", type = @DataTypeHint("STRING"))
            })
    public String[] call(ProcedureContext context, String table, String from, String to)
            throws Catalog.TableNotExistException {
        if (catalog.getTable(Identifier.fromString(table)) instanceof FileStoreTable stored) {
            OtherBranch.requireNotShownByName(stored, from);
        }
        return super.call(context, table, from, to);
    }
}
