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
 * {@code CALL sys.compact}. One that sorts is refused on a table that shows rows of another branch: it would write them to
 * its own, too. Others merge the files of its own.
 */
public final class CompactProcedure extends org.apache.paimon.flink.procedure.CompactProcedure {

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "partitions", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "order_strategy", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "order_by", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "options", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "where", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "partition_idle_time", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "compact_strategy", type = @DataTypeHint("STRING"), isOptional = true)
            })
    public String[] call(
            ProcedureContext context,
            String table,
            String partitions,
            String orderStrategy,
            String orderBy,
            String options,
            String where,
            String partitionIdleTime,
            String compactStrategy)
            throws Exception {
        if (orderStrategy != null && !orderStrategy.isBlank()) {
            ChangedTable.requireNoOtherBranch(catalog, table, "sorted by CALL sys.compact");
        }
        return super.call(
                context, table, partitions, orderStrategy, orderBy, options, where, partitionIdleTime, compactStrategy);
    }
}
