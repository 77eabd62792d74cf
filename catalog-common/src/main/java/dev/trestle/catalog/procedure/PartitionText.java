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
package dev.trestle.catalog.procedure;

import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowPartitionComputer;

/** A partition as an argument has it: {@code day=2026-01-31,hour=13}. */
public final class PartitionText {

    private PartitionText() {}

    /**
     * The partition's values in the order of the table's keys, of which each must be there.
     *
     * @param table its name, for messages
     */
    public static Map<String, String> parse(Object table, List<String> keys, String text) {
        if (keys.isEmpty()) {
            throw new WrongArgumentException("Table " + table + " has no partitions");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw wrong(table, keys, text);
            }
            values.put(
                    part.substring(0, equals).trim(), part.substring(equals + 1).trim());
        }
        if (values.size() != keys.size() || !values.keySet().containsAll(keys)) {
            throw wrong(table, keys, text);
        }
        Map<String, String> ordered = new LinkedHashMap<>();
        keys.forEach(key -> ordered.put(key, values.get(key)));
        return ordered;
    }

    /**
     * A partition's values as the table names it, in the service and in its directory: a date, say, as a number of days, where
     * {@code partition.legacy-name} is set.
     *
     * @param table its name, for messages
     * @param values as an argument has them, or as the table does
     */
    public static Map<String, String> stored(Object table, FileStoreTable stored, Map<String, String> values) {
        CoreOptions options = stored.coreOptions();
        RowType keys = stored.schema().logicalPartitionType();
        try {
            return new InternalRowPartitionComputer(
                            options.partitionDefaultName(),
                            keys,
                            keys.getFieldNames().toArray(String[]::new),
                            options.legacyPartitionName())
                    .generatePartValues(InternalRowPartitionComputer.convertSpecToInternalRow(
                            values, keys, options.partitionDefaultName()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new WrongArgumentException(
                    "Partition " + values + " of table " + table + " has a value that is none of " + keys.asSQLString(),
                    e);
        }
    }

    private static WrongArgumentException wrong(Object table, List<String> keys, String text) {
        return new WrongArgumentException("A partition of table " + table + " is written as '"
                + String.join("=…,", keys) + "=…', and not as '" + text + "'");
    }
}
