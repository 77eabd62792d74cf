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

/** {@code CALL sys.merge_into}, refused on a table that shows rows of another branch: one changed there would hide the rest. */
public final class MergeIntoProcedure extends org.apache.paimon.flink.procedure.MergeIntoProcedure {

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "target_table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "target_alias", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "source_sqls", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "source_table", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "merge_condition", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "matched_upsert_condition", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "matched_upsert_setting", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "not_matched_insert_condition", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "not_matched_insert_values", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "matched_delete_condition", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(
                        name = "not_matched_by_source_upsert_condition",
                        type = @DataTypeHint("STRING"),
                        isOptional = true),
                @ArgumentHint(
                        name = "not_matched_by_source_upsert_setting",
                        type = @DataTypeHint("STRING"),
                        isOptional = true),
                @ArgumentHint(
                        name = "not_matched_by_source_delete_condition",
                        type = @DataTypeHint("STRING"),
                        isOptional = true)
            })
    public String[] call(
            ProcedureContext context,
            String target,
            String alias,
            String sourceSqls,
            String sourceTable,
            String condition,
            String matchedUpsertCondition,
            String matchedUpsertSetting,
            String notMatchedInsertCondition,
            String notMatchedInsertValues,
            String matchedDeleteCondition,
            String notMatchedBySourceUpsertCondition,
            String notMatchedBySourceUpsertSetting,
            String notMatchedBySourceDeleteCondition) {
        ChangedTable.requireNoOtherBranch(catalog, target, "changed by CALL sys.merge_into");
        return super.call(
                context,
                target,
                alias,
                sourceSqls,
                sourceTable,
                condition,
                matchedUpsertCondition,
                matchedUpsertSetting,
                notMatchedInsertCondition,
                notMatchedInsertValues,
                matchedDeleteCondition,
                notMatchedBySourceUpsertCondition,
                notMatchedBySourceUpsertSetting,
                notMatchedBySourceDeleteCondition);
    }
}
