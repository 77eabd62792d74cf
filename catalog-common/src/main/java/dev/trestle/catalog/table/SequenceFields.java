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

import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.RowType;

/**
 * The columns by whose values a table with a primary key says which of two rows of a key is the later one ({@code
 * sequence.field}). Rows that are there are compared in the present type.
 */
public final class SequenceFields {

    private SequenceFields() {}

    /**
     * Refuses a change of such a column's type to one with another order: as texts, 9 is later than 10.
     *
     * @param table its name
     * @param columns of the table, before the changes
     * @param options of the table
     * @throws UnsupportedOperationException naming the column, and what to do
     */
    public static void requireSameOrder(
            String table, RowType columns, Map<String, String> options, List<SchemaChange> changes) {
        List<String> fields = CoreOptions.fromMap(options).sequenceField();
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.UpdateColumnType update
                    && update.fieldNames().length == 1
                    && fields.contains(update.fieldNames()[0])
                    && columns.containsField(update.fieldNames()[0])) {
                String column = update.fieldNames()[0];
                requireSameOrder(table, column, columns.getField(column).type(), update.newDataType());
            }
        }
    }

    private static void requireSameOrder(String table, String column, DataType before, DataType after) {
        boolean isTextAlready = before.is(DataTypeFamily.CHARACTER_STRING);
        if (after.is(DataTypeFamily.CHARACTER_STRING) && !isTextAlready) {
            throw new UnsupportedOperationException("Column '" + column + "' of table '" + table + "' cannot become "
                    + after.copy(true).asSQLString() + ": it says which row of a key is the later one ('"
                    + CoreOptions.SEQUENCE_FIELD.key() + "'), and texts have another order. Add a column of that type,"
                    + " or make another table");
        }
    }
}
