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

import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;

/**
 * Paimon's procedure that forgets files which are gone, refused on tables that show rows of another branch: it looks through the
 * files of both, and can forget those of one.
 */
public final class RemoveUnexistingFilesProcedure
        extends org.apache.paimon.flink.procedure.RemoveUnexistingFilesProcedure {

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true),
                @ArgumentHint(name = "parallelism", type = @DataTypeHint("INT"), isOptional = true)
            })
    public String[] call(ProcedureContext context, String table, Boolean dryRun, Integer parallelism) throws Exception {
        if (!Boolean.TRUE.equals(dryRun)) {
            ChangedTable.requireNoOtherBranch(catalog, table, "changed by CALL sys.remove_unexisting_files");
        }
        return super.call(context, table, dryRun, parallelism);
    }
}
