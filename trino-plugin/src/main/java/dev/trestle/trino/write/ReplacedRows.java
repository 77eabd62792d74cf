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
package dev.trestle.trino.write;

import dev.trestle.catalog.table.KeptValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.ProjectedRow;

/**
 * Rows that an UPDATE replaces, each kept until the new one of its key is there, which Trino sends next, though not always in
 * the same page. By both together it is known whether reading will give the new one. Not safe for use by many threads.
 */
final class ReplacedRows {

    private final String table;
    private final List<String> keyColumns;
    private final KeptValues kept;
    private final ProjectedRow key;
    private final InternalRowSerializer keys;
    private final InternalRowSerializer rows;
    private final Map<BinaryRow, BinaryRow> replaced = new HashMap<>();

    ReplacedRows(FileStoreTable table) {
        TableSchema schema = table.schema();
        RowType type = schema.logicalRowType();
        this.table = table.fullName();
        this.keyColumns = schema.primaryKeys();
        this.kept = new KeptValues(table);
        this.key = ProjectedRow.from(
                keyColumns.stream().mapToInt(type::getFieldIndex).toArray());
        this.keys = new InternalRowSerializer(type.project(keyColumns));
        this.rows = new InternalRowSerializer(type);
    }

    void add(InternalRow row) {
        replaced.put(key(row).copy(), rows.toBinaryRow(row).copy());
    }

    /** @throws UnsupportedOperationException if reading would not give the new row, or it has another key; it says why */
    void check(InternalRow updated) {
        BinaryRow before = replaced.remove(key(updated));
        if (before == null) {
            throw otherKey();
        }
        kept.check(before, updated);
    }

    /** @throws UnsupportedOperationException if a row got another key, so that another writer has the new one */
    void requireAllChecked() {
        if (!replaced.isEmpty()) {
            throw otherKey();
        }
    }

    private UnsupportedOperationException otherKey() {
        return new UnsupportedOperationException("UPDATE of table " + table + " cannot change its primary key "
                + keyColumns + ": reading may keep older values that are under the new key. Delete the row and insert"
                + " another one.");
    }

    private BinaryRow key(InternalRow row) {
        return keys.toBinaryRow(key.replaceRow(row));
    }
}
