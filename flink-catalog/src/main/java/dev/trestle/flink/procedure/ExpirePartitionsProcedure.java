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
import org.apache.flink.types.Row;
import org.apache.paimon.catalog.Catalog;

/**
 * {@code CALL sys.expire_partitions}, refused on a table that shows rows of another branch: those of the partitions would
 * come up, or stay.
 */
public final class ExpirePartitionsProcedure extends org.apache.paimon.flink.procedure.ExpirePartitionsProcedure {

    /** Its name. */
    public static final String IDENTIFIER = "expire_partitions";

    /** As Paimon's. */
    @Override
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "expiration_time", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "timestamp_formatter", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "timestamp_pattern", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "expire_strategy", type = @DataTypeHint("STRING"), isOptional = true),
                @ArgumentHint(name = "max_expires", type = @DataTypeHint("INTEGER"), isOptional = true),
                @ArgumentHint(name = "options", type = @DataTypeHint("STRING"), isOptional = true)
            })
    @DataTypeHint("ROW<expired_partitions STRING>")
    public Row[] call(
            ProcedureContext context,
            String table,
            String expirationTime,
            String formatter,
            String pattern,
            String strategy,
            Integer maxExpires,
            String options)
            throws Catalog.TableNotExistException {
        ChangedTable.requireNoOtherBranch(catalog, table, "changed by CALL sys.expire_partitions");
        return super.call(context, table, expirationTime, formatter, pattern, strategy, maxExpires, options);
    }
}
