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

import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.KeyValue;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.mergetree.compact.MergeFunction;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.PrimaryKeyTableUtils;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.RowKind;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.FieldsComparator;
import org.apache.paimon.utils.InternalRowUtils;
import org.apache.paimon.utils.UserDefinedSeqComparator;

/**
 * Values that an UPDATE would write in vain, since reading keeps older ones. Merges the row as it was with the new one, as
 * reading will, and compares. Not thread-safe: one row at a time.
 */
public final class KeptValues {

    private final String table;
    private final String mergeEngine;
    private final RowType type;
    private final InternalRow.FieldGetter[] getters;
    private final MergeFunction<KeyValue> merge;
    private final Optional<FieldsComparator> order;

    /** @param table of a primary key */
    public KeptValues(FileStoreTable table) {
        CoreOptions options = table.coreOptions();
        this.table = table.name();
        this.mergeEngine = options.mergeEngine().toString();
        this.type = table.rowType();
        this.getters = InternalRowUtils.createFieldGetters(type.getFieldTypes());
        this.merge =
                PrimaryKeyTableUtils.createMergeFunctionFactory(table.schema()).create();
        this.order = Optional.ofNullable(UserDefinedSeqComparator.create(type, options));
    }

    /** Whether a new row of the table does not always take the place of the old one. */
    public static boolean areUncertain(CoreOptions options) {
        return options.mergeEngine() == CoreOptions.MergeEngine.PARTIAL_UPDATE
                || !options.sequenceField().isEmpty();
    }

    /** @throws UnsupportedOperationException if reading would not give the new row; it names the column */
    public void check(InternalRow before, InternalRow after) {
        GenericRow old = values(before);
        GenericRow given = values(after);
        if (order.isPresent() && order.get().compare(old, given) > 0) {
            throw new UnsupportedOperationException("UPDATE of a row of table " + table + " is not possible: by its"
                    + " 'sequence.field' the new row would be older than the one that is there, which would be kept.");
        }
        merge.reset();
        merge.add(new KeyValue().replace(BinaryRow.EMPTY_ROW, 0, RowKind.INSERT, old));
        merge.add(new KeyValue().replace(BinaryRow.EMPTY_ROW, 1, RowKind.INSERT, given));
        InternalRow read = merge.getResult().value();
        for (int i = 0; i < getters.length; i++) {
            if (!areEqual(given.getField(i), getters[i].getFieldOrNull(read), type.getTypeAt(i))) {
                throw new UnsupportedOperationException("UPDATE of a row of table " + table
                        + " is not possible: with 'merge-engine'='" + mergeEngine + "' and its options column '"
                        + type.getFieldNames().get(i) + "' would not have the new value"
                        + (given.isNullAt(i) ? ", since NULL leaves what is there." : "."));
            }
        }
    }

    private GenericRow values(InternalRow row) {
        GenericRow values = new GenericRow(getters.length);
        for (int i = 0; i < getters.length; i++) {
            values.setField(i, getters[i].getFieldOrNull(row));
        }
        return values;
    }

    private static boolean areEqual(Object given, Object read, DataType type) {
        boolean isComparable = type.getTypeRoot() != DataTypeRoot.MULTISET && type.getTypeRoot() != DataTypeRoot.VECTOR;
        return given == read || (isComparable && InternalRowUtils.equals(given, read, type));
    }
}
