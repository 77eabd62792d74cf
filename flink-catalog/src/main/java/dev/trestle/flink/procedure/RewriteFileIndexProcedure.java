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
 * {@code CALL sys.rewrite_file_index}, refused on a table that shows rows of another branch: it would write indexes of the
 * other branch's files, and its commit fails.
 */
public final class RewriteFileIndexProcedure extends org.apache.paimon.flink.procedure.RewriteFileIndexProcedure {

    /** Its name. */
    public static final String IDENTIFIER = "rewrite_file_index";

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "partitions", type = @DataTypeHint("STRING"), isOptional = true)
            })
    public String[] call(ProcedureContext context, String table, String partitions) throws Exception {
        ChangedTable.requireNoOtherBranch(catalog, table, "changed by CALL sys.rewrite_file_index");
        return super.call(context, table, partitions);
    }
}
