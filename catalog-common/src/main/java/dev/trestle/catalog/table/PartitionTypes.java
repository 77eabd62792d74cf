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
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.DataTypeRoot;

/**
 * Types of partition keys by whose values Paimon finds no partition. The directory of bytes has a name by chance, so that rows
 * in it are lost, unless {@code partition.legacy-name} is false; and what removes rows does not find them even then.
 */
public final class PartitionTypes {

    private static final String INSTEAD =
            " Partition by a column of texts with the same values, such as their hexadecimal digits.";

    private PartitionTypes() {}

    /** Whether Paimon finds a partition by a value of a type. */
    public static boolean canFindBy(DataType type) {
        return !type.is(DataTypeFamily.BINARY_STRING) && !type.is(DataTypeRoot.VARIANT);
    }

    /**
     * Refuses to create a table with a key of such a type.
     *
     * @param columns of the table
     * @throws UnsupportedOperationException naming the key, and what to do
     */
    public static void requireKeys(List<DataField> columns, List<String> keys) {
        for (DataField column : columns) {
            if (keys.contains(column.name()) && !canFindBy(column.type())) {
                throw new UnsupportedOperationException(
                        "Column '" + column.name() + "' cannot be a partition key: " + reason(column) + INSTEAD);
            }
        }
    }

    /**
     * Refuses to write rows where nobody finds them.
     *
     * @throws UnsupportedOperationException naming the key, and what to do
     */
    public static void requireReadable(Table table) {
        if (table instanceof FileStoreTable stored && new CoreOptions(stored.options()).legacyPartitionName()) {
            requireFound(stored, "written");
        }
    }

    /**
     * Refuses what removes or changes rows of partitions that are not found.
     *
     * @param done what cannot be done with the table, to follow "cannot be", for example {@code truncated}
     * @throws UnsupportedOperationException naming the key, and what to do
     */
    public static void requireFound(FileStoreTable table, String done) {
        for (DataField column : table.rowType().getFields()) {
            if (table.partitionKeys().contains(column.name()) && !canFindBy(column.type())) {
                throw new UnsupportedOperationException("Table " + table.fullName() + " cannot be " + done + ": "
                        + reason(column) + " Make another table." + INSTEAD);
            }
        }
    }

    private static String reason(DataField column) {
        return "Paimon finds no partition by a value of the type "
                + column.type().copy(true).asSQLString() + ", which the key '" + column.name() + "' has.";
    }
}
