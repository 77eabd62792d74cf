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
package dev.trestle.trino.read;

import static io.trino.parquet.ParquetTypeUtils.getArrayElementColumn;
import static io.trino.parquet.ParquetTypeUtils.getMapKeyValueColumn;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static java.util.Locale.ENGLISH;
import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;

import dev.trestle.trino.TrinoTypes;
import io.trino.parquet.Field;
import io.trino.parquet.GroupField;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.VariantField;
import io.trino.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.parquet.io.ColumnIO;
import org.apache.parquet.io.GroupColumnIO;
import org.apache.parquet.io.PrimitiveColumnIO;

/**
 * What Trino's Parquet reader reads for a column. Fields in a column are found by their ids in the schema that the file was
 * written with, so that they may have other names now.
 */
final class ParquetFields {

    private ParquetFields() {}

    /** @param inFile the type when the file was written */
    static Field field(DataType wanted, DataType inFile, ColumnIO column) {
        return switch (wanted.getTypeRoot()) {
            case ROW -> row((RowType) wanted, (RowType) inFile, (GroupColumnIO) column);
            case ARRAY -> array((ArrayType) wanted, (ArrayType) inFile, (GroupColumnIO) column);
            case MAP ->
                map(
                        wanted,
                        List.of(((MapType) wanted).getKeyType(), ((MapType) wanted).getValueType()),
                        List.of(((MapType) inFile).getKeyType(), ((MapType) inFile).getValueType()),
                        (GroupColumnIO) column);
            case MULTISET ->
                map(
                        wanted,
                        List.of(((MultisetType) wanted).getElementType(), DataTypes.INT()),
                        List.of(((MultisetType) inFile).getElementType(), DataTypes.INT()),
                        (GroupColumnIO) column);
            case VARIANT -> variant(wanted, (GroupColumnIO) column);
            default -> primitive(TrinoTypes.toTrino(wanted), (PrimitiveColumnIO) column, isRequired(column));
        };
    }

    private static boolean isRequired(ColumnIO column) {
        return column.getType().getRepetition() != OPTIONAL;
    }

    private static PrimitiveField primitive(Type type, PrimitiveColumnIO column, boolean required) {
        return new PrimitiveField(type, required, column.getColumnDescriptor(), column.getId());
    }

    private static Field group(DataType type, ColumnIO column, List<Optional<Field>> children) {
        return new GroupField(
                TrinoTypes.toTrino(type),
                column.getRepetitionLevel(),
                column.getDefinitionLevel(),
                isRequired(column),
                children);
    }

    private static Field row(RowType wanted, RowType inFile, GroupColumnIO column) {
        List<Optional<Field>> children = new ArrayList<>();
        for (DataField field : wanted.getFields()) {
            children.add(
                    inFile.containsField(field.id())
                            ? Optional.of(child(field, inFile.getField(field.id()), column))
                            : Optional.empty());
        }
        return group(wanted, column, children);
    }

    private static Field child(DataField wanted, DataField inFile, GroupColumnIO column) {
        return field(wanted.type(), inFile.type(), column.getChild(inFile.name().toLowerCase(ENGLISH)));
    }

    private static Field array(ArrayType wanted, ArrayType inFile, GroupColumnIO column) {
        Field element =
                field(wanted.getElementType(), inFile.getElementType(), getArrayElementColumn(column.getChild(0)));
        return group(wanted, column, List.of(Optional.of(element)));
    }

    private static Field map(DataType wanted, List<DataType> parts, List<DataType> partsInFile, GroupColumnIO column) {
        GroupColumnIO entry = getMapKeyValueColumn(column);
        return group(
                wanted,
                column,
                List.of(
                        Optional.of(field(parts.get(0), partsInFile.get(0), entry.getChild(0))),
                        Optional.of(field(parts.get(1), partsInFile.get(1), entry.getChild(1)))));
    }

    private static Field variant(DataType wanted, GroupColumnIO column) {
        if (column.getChildrenCount() != 2) {
            throw new ShreddedVariantException();
        }
        return new VariantField(
                TrinoTypes.toTrino(wanted),
                column.getRepetitionLevel(),
                column.getDefinitionLevel(),
                isRequired(column),
                // Neither is there where the variant is null.
                primitive(VARBINARY, (PrimitiveColumnIO) column.getChild("value"), false),
                primitive(VARBINARY, (PrimitiveColumnIO) column.getChild("metadata"), false));
    }
}
