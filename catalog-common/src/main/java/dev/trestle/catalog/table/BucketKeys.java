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
package dev.trestle.catalog.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VarBinaryType;
import org.apache.paimon.types.VarCharType;

/**
 * The columns by whose values a table without a primary key spreads its rows over buckets. Paimon looks for a row in the bucket
 * that its value has in the present type, and does not move those that were written before the type was changed.
 */
public final class BucketKeys {

    private BucketKeys() {}

    /**
     * Refuses a change of such a column's type, but for a longer text or longer bytes.
     *
     * @param table its name
     * @param columns of the table, before the changes
     * @param options of the table
     * @throws UnsupportedOperationException naming the column, and what to do
     */
    public static void requireSameBuckets(
            String table, RowType columns, Map<String, String> options, List<SchemaChange> changes) {
        List<String> keys = keys(options);
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.UpdateColumnType update
                    && update.fieldNames().length == 1
                    && keys.contains(update.fieldNames()[0])) {
                requireSameBytes(table, columns, update);
            }
        }
    }

    private static void requireSameBytes(String table, RowType columns, SchemaChange.UpdateColumnType update) {
        String column = update.fieldNames()[0];
        DataType after = update.newDataType();
        if (columns.containsField(column)
                && !hasSameBytes(columns.getField(column).type(), after)) {
            throw new UnsupportedOperationException("Column '" + column + "' of table '" + table + "' cannot become "
                    + after.copy(true).asSQLString() + ": rows are spread over buckets by it ('"
                    + CoreOptions.BUCKET_KEY.key() + "'), and those that are there would not be found by a value of"
                    + " another type. Add a column of that type, or make another table");
        }
    }

    private static boolean hasSameBytes(DataType before, DataType after) {
        if (before instanceof VarCharType old && after instanceof VarCharType wanted) {
            return old.getLength() <= wanted.getLength();
        }
        if (before instanceof VarBinaryType old && after instanceof VarBinaryType wanted) {
            return old.getLength() <= wanted.getLength();
        }
        return before.equalsIgnoreNullable(after);
    }

    private static List<String> keys(Map<String, String> options) {
        String keys = options.getOrDefault(CoreOptions.BUCKET_KEY.key(), "");
        return Arrays.stream(keys.split(",")).map(String::strip).toList();
    }
}
