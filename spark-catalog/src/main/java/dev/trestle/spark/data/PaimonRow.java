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
package dev.trestle.spark.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowKind;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A row of Spark as one of Paimon, without a copy. One of these shows many rows, one after the other. */
public final class PaimonRow extends PaimonValues implements InternalRow {

    private final DataType[] stored;
    private final org.apache.spark.sql.types.DataType[] given;
    private SpecializedGetters row;
    private RowKind kind = RowKind.INSERT;

    /**
     * A view of rows.
     *
     * @param stored the type to store
     * @param given the type that Spark has, with as many fields in the same order
     */
    public PaimonRow(RowType stored, StructType given) {
        this.stored = stored.getFields().stream().map(DataField::type).toArray(DataType[]::new);
        this.given = Arrays.stream(given.fields())
                .map(StructField::dataType)
                .toArray(org.apache.spark.sql.types.DataType[]::new);
    }

    /** Shows another row. */
    public PaimonRow show(SpecializedGetters shown) {
        row = shown;
        return this;
    }

    /** The bytes of a text where Spark has them: a buffer with an array, which changes when another row is shown. */
    public ByteBuffer getText(int position) {
        return row.getUTF8String(position).getByteBuffer();
    }

    /** A decimal of at most 18 digits, without its point. */
    public long getUnscaled(int position, int precision, int scale) {
        return row.getDecimal(position, precision, scale).toUnscaledLong();
    }

    @Override
    SpecializedGetters values() {
        return row;
    }

    @Override
    DataType stored(int position) {
        return stored[position];
    }

    @Override
    org.apache.spark.sql.types.DataType given(int position) {
        return given[position];
    }

    @Override
    public int getFieldCount() {
        return stored.length;
    }

    @Override
    public RowKind getRowKind() {
        return kind;
    }

    @Override
    public void setRowKind(RowKind changed) {
        kind = changed;
    }
}
