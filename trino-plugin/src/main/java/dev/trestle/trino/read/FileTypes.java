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

import java.util.List;
import java.util.Locale;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VarCharType;

/**
 * Whether Trino's readers give values of the table's type for those that a file has, which was perhaps written when the
 * table had another one. What they would give otherwise than Paimon is left to Paimon's reader.
 */
enum FileTypes {
    PARQUET {
        @Override
        boolean readsLeaf(DataType wanted, DataType inFile) {
            return keepsValues(wanted, inFile);
        }

        @Override
        boolean readsField(DataField wanted, DataField inFile) {
            return true;
        }
    },
    ORC {
        @Override
        boolean readsLeaf(DataType wanted, DataType inFile) {
            return inFile.getTypeRoot() != DataTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                    && readsLeafOfOrc(wanted, inFile);
        }

        @Override
        boolean readsField(DataField wanted, DataField inFile) {
            return wanted.name().equals(inFile.name());
        }
    },
    /** ORC files with instants that do not depend on the zone of the machine that wrote them. */
    ORC_WITH_INSTANTS {
        @Override
        boolean readsLeaf(DataType wanted, DataType inFile) {
            return readsLeafOfOrc(wanted, inFile);
        }

        @Override
        boolean readsField(DataField wanted, DataField inFile) {
            return wanted.name().equals(inFile.name());
        }
    };

    private static final List<DataTypeRoot> INTEGERS =
            List.of(DataTypeRoot.TINYINT, DataTypeRoot.SMALLINT, DataTypeRoot.INTEGER, DataTypeRoot.BIGINT);

    private static final int MILLISECONDS = 3;

    abstract boolean readsLeaf(DataType wanted, DataType inFile);

    /** Whether a field in a column is found, of which the id is right. */
    abstract boolean readsField(DataField wanted, DataField inFile);

    boolean reads(DataType wanted, DataType inFile) {
        if (wanted.getTypeRoot() != inFile.getTypeRoot()) {
            return readsLeaf(wanted, inFile);
        }
        return switch (inFile.getTypeRoot()) {
            case ROW -> readsRow((RowType) wanted, (RowType) inFile);
            case ARRAY -> reads(((ArrayType) wanted).getElementType(), ((ArrayType) inFile).getElementType());
            case MAP ->
                reads(((MapType) wanted).getKeyType(), ((MapType) inFile).getKeyType())
                        && reads(((MapType) wanted).getValueType(), ((MapType) inFile).getValueType());
            case MULTISET -> reads(((MultisetType) wanted).getElementType(), ((MultisetType) inFile).getElementType());
            case BLOB, VECTOR -> false;
            default -> readsLeaf(wanted, inFile);
        };
    }

    /** Trino's readers find columns, and fields in them, by their names in lower case. */
    static boolean areNamesDistinct(RowType inFile) {
        return inFile.getFieldNames().stream()
                        .map(name -> name.toLowerCase(Locale.ENGLISH))
                        .distinct()
                        .count()
                == inFile.getFieldCount();
    }

    /** A row of which no field is there could not be told from one that is null. */
    private boolean readsRow(RowType wanted, RowType inFile) {
        if (!areNamesDistinct(inFile)) {
            return false;
        }
        boolean some = false;
        for (DataField field : wanted.getFields()) {
            if (inFile.containsField(field.id())) {
                DataField found = inFile.getField(field.id());
                if (!readsField(field, found) || !reads(field.type(), found.type())) {
                    return false;
                }
                some = true;
            } else if (inFile.containsField(field.name())) {
                // Another field of that name was dropped meanwhile.
                return false;
            }
        }
        return some;
    }

    /**
     * An ORC file of Paimon's has times of day as numbers, and variants as rows. Of timestamps Trino's reader gives none of whole
     * seconds, and of those before 1970 with a fraction below a millisecond the second before.
     */
    private static boolean readsLeafOfOrc(DataType wanted, DataType inFile) {
        return switch (inFile.getTypeRoot()) {
            case TIME_WITHOUT_TIME_ZONE, VARIANT -> false;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                DataTypeChecks.getPrecision(inFile) == MILLISECONDS && wanted.equalsIgnoreNullable(inFile);
            default -> wanted.equalsIgnoreNullable(inFile) || isLonger(wanted, inFile);
        };
    }

    /** Whether a cast to the type leaves the values in their order, none lost. */
    static boolean isSameOrWider(DataType wanted, DataType inFile) {
        return wanted.equalsIgnoreNullable(inFile) || isWiderInteger(wanted, inFile);
    }

    /** Whether a cast to the type loses no value. */
    static boolean keepsValues(DataType wanted, DataType inFile) {
        return isSameOrWider(wanted, inFile) || isLonger(wanted, inFile);
    }

    private static boolean isWiderInteger(DataType wanted, DataType inFile) {
        int from = INTEGERS.indexOf(inFile.getTypeRoot());
        return from >= 0 && INTEGERS.indexOf(wanted.getTypeRoot()) >= from;
    }

    private static boolean isLonger(DataType wanted, DataType inFile) {
        return wanted instanceof VarCharType text
                && inFile instanceof VarCharType shorter
                && shorter.getLength() <= text.getLength();
    }
}
