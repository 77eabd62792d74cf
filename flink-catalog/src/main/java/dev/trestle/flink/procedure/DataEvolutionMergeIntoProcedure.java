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
 * {@code CALL sys.data_evolution_merge_into}, refused on a table that shows rows of another branch: their ids would be taken
 * for those of its own.
 */
public final class DataEvolutionMergeIntoProcedure
        extends org.apache.paimon.flink.procedure.DataEvolutionMergeIntoProcedure {

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "target_table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "target_alias", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "source_sqls", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "source_table", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "merge_condition", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "matched_update_set", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "sink_parallelism", type = @DataTypeHint("INTEGER"), isOptional = true)
            })
    public String[] call(
            ProcedureContext context,
            String target,
            String alias,
            String sourceSqls,
            String sourceTable,
            String condition,
            String matchedUpdateSet,
            Integer sinkParallelism) {
        ChangedTable.requireNoOtherBranch(catalog, target, "changed by CALL sys.data_evolution_merge_into");
        return super.call(
                context, target, alias, sourceSqls, sourceTable, condition, matchedUpdateSet, sinkParallelism);
    }
}
