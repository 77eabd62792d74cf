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
package dev.trestle.trino.procedure;

import dev.trestle.catalog.procedure.PartitionText;
import io.trino.spi.connector.SchemaTableName;
import java.util.Map;
import org.apache.paimon.table.FileStoreTable;

/** A partition as an argument has it: {@code day=2026-01-31,hour=13}. */
final class PartitionArgument {

    private PartitionArgument() {}

    /** The partition's values in the order of the table's keys, of which each must be there. */
    static Map<String, String> parse(SchemaTableName name, FileStoreTable table, String text) {
        return PartitionText.parse(name, table.partitionKeys(), Caller.required("partitions", text));
    }
}
