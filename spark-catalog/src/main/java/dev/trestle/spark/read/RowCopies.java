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
package dev.trestle.spark.read;

import java.util.Arrays;
import java.util.List;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.serializer.InternalSerializers;
import org.apache.paimon.data.serializer.Serializer;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/**
 * Copies rows that a reader uses again. A value that the column no longer holds is NULL, which the row of a file knows only once
 * it has looked: Paimon's own copies fail at it.
 */
final class RowCopies {

    private final InternalRow.FieldGetter[] getters;
    private final List<Serializer<Object>> serializers;

    RowCopies(RowType type) {
        List<DataType> types = type.getFieldTypes();
        this.getters = new InternalRow.FieldGetter[types.size()];
        Arrays.setAll(getters, column -> InternalRow.createFieldGetter(types.get(column), column));
        this.serializers =
                types.stream().map(InternalSerializers::<Object>create).toList();
    }

    InternalRow copy(InternalRow row) {
        GenericRow copy = new GenericRow(row.getRowKind(), getters.length);
        for (int i = 0; i < getters.length; i++) {
            Object value = getters[i].getFieldOrNull(row);
            copy.setField(i, value == null ? null : serializers.get(i).copy(value));
        }
        return copy;
    }
}
