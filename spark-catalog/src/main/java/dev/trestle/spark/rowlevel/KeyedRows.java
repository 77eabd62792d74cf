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
package dev.trestle.spark.rowlevel;

import dev.trestle.spark.data.PaimonRow;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowKind;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;

/** Rows to write for changes by key. One row at a time. */
final class KeyedRows {

    private final String table;
    private final StructType ids;
    private final StructType schema;
    private final List<String> keys;
    private final int[] positions;
    private final Object[] deleted;
    private final InternalRow deletedRow;
    private final PaimonRow row;
    private final PaimonRow before;

    KeyedRows(FileStoreTable table, StructType ids, StructType schema) {
        this.table = table.name();
        this.ids = ids;
        this.schema = schema;
        this.keys = table.primaryKeys();
        this.positions = Arrays.stream(ids.fieldNames())
                .filter(name -> !name.equals(WholeRowScanBuilder.COLUMN))
                .mapToInt(schema::fieldIndex)
                .toArray();
        this.deleted = new Object[schema.fields().length];
        this.deletedRow = new GenericInternalRow(deleted);
        this.row = new PaimonRow(table.rowType(), schema);
        this.before = new PaimonRow(table.rowType(), schema);
    }

    PaimonRow inserted(InternalRow given) {
        row.setRowKind(RowKind.INSERT);
        return row.show(given);
    }

    /** @throws IllegalArgumentException if the key is another one than before */
    PaimonRow updated(InternalRow id, InternalRow given) {
        for (int i = 0; i < positions.length; i++) {
            String column = ids.fieldNames()[i];
            if (keys.contains(column)) {
                Object before = id.get(i, ids.fields()[i].dataType());
                Object after = given.get(positions[i], schema.fields()[positions[i]].dataType());
                if (!Objects.deepEquals(before, after)) {
                    throw new IllegalArgumentException("UPDATE of table " + table + " cannot change '" + column
                            + "', a column of its primary key. Delete the row and insert another one.");
                }
            }
        }
        row.setRowKind(RowKind.UPDATE_AFTER);
        return row.show(given);
    }

    /** The row as it was before it was updated; only of tables whose ids have it. */
    PaimonRow before(InternalRow id) {
        before.setRowKind(RowKind.UPDATE_BEFORE);
        return before.show(whole(id));
    }

    /** Behind all other columns of the id. */
    private InternalRow whole(InternalRow id) {
        return id.getStruct(positions.length, schema.fields().length);
    }

    /** All of the row that was there, or of other tables what has to be in a deletion. */
    PaimonRow deleted(InternalRow id) {
        row.setRowKind(RowKind.DELETE);
        if (ids.fields().length > positions.length) {
            return row.show(whole(id));
        }
        for (int i = 0; i < positions.length; i++) {
            deleted[positions[i]] = id.get(i, ids.fields()[i].dataType());
        }
        return row.show(deletedRow);
    }
}
