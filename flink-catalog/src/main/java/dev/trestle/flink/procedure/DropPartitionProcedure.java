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

import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.paimon.catalog.Catalog;

/**
 * {@code CALL sys.drop_partition}, refused on a table that shows rows of another branch: those of the partition would come
 * up, or stay.
 */
public final class DropPartitionProcedure extends org.apache.paimon.flink.procedure.DropPartitionProcedure {

    /** As Paimon's. */
    @Override
    public String[] call(ProcedureContext context, String table, String... partitions)
            throws Catalog.TableNotExistException {
        ChangedTable.requireNoOtherBranch(catalog, table, "changed by CALL sys.drop_partition");
        return super.call(context, table, partitions);
    }
}
