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

import java.util.List;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeDefaultVisitor;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VectorType;

/** A type without what a reader of its values has no use for: comments and defaults of the fields inside of it. */
final class PlainType extends DataTypeDefaultVisitor<DataType> {

    private static final PlainType VISITOR = new PlainType();

    private PlainType() {}

    static DataType of(DataType type) {
        return type.accept(VISITOR);
    }

    @Override
    public DataType visit(ArrayType type) {
        return new ArrayType(type.isNullable(), of(type.getElementType()));
    }

    @Override
    public DataType visit(VectorType type) {
        return new VectorType(type.isNullable(), type.getLength(), of(type.getElementType()));
    }

    @Override
    public DataType visit(MultisetType type) {
        return new MultisetType(type.isNullable(), of(type.getElementType()));
    }

    @Override
    public DataType visit(MapType type) {
        return new MapType(type.isNullable(), of(type.getKeyType()), of(type.getValueType()));
    }

    @Override
    public DataType visit(RowType type) {
        List<DataField> fields = type.getFields().stream()
                .map(field -> new DataField(field.id(), field.name(), of(field.type())))
                .toList();
        return new RowType(type.isNullable(), fields);
    }

    @Override
    protected DataType defaultMethod(DataType type) {
        return type;
    }
}
