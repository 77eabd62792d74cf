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

/** {@code CALL sys.rescale}, refused on a table that shows rows of another branch: it would write them to its own, too. */
public final class RescaleProcedure extends org.apache.paimon.flink.procedure.RescaleProcedure {

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "bucket_num", type = @DataTypeHint("INT"), isOptional = true),
                @ArgumentHint(name = "partition", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "scan_parallelism", type = @DataTypeHint("INT"), isOptional = true),
                @ArgumentHint(name = "sink_parallelism", type = @DataTypeHint("INT"), isOptional = true)
            })
    public String[] call(
            ProcedureContext context,
            String table,
            Integer buckets,
            String partition,
            Integer scanParallelism,
            Integer sinkParallelism)
            throws Exception {
        ChangedTable.requireNoOtherBranch(catalog, table, "rescaled");
        return super.call(context, table, buckets, partition, scanParallelism, sinkParallelism);
    }
}
