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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.mergetree.compact.PartialUpdateMergeFunction;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.RowType;

/**
 * The columns by whose order a table with a primary key merges the rows of a key: those that say which of two is the later one
 * ({@code sequence.field}, {@code fields.*.sequence-group}), and those of which the least or greatest value stays. Rows that
 * are there are compared in the present type.
 */
public final class SequenceFields {

    private static final String DEFAULT_FUNCTION = CoreOptions.FIELDS_PREFIX + "." + CoreOptions.DEFAULT_AGG_FUNCTION;
    private static final Set<String> ORDERED = Set.of("max", "min");

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
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.UpdateColumnType update
                    && update.fieldNames().length == 1
                    && columns.containsField(update.fieldNames()[0])
                    && isToBeText(columns.getField(update.fieldNames()[0]).type(), update.newDataType())) {
                String column = update.fieldNames()[0];
                comparison(column, options).ifPresent(option -> {
                    throw new UnsupportedOperationException("Column '" + column + "' of table '" + table
                            + "' cannot become "
                            + update.newDataType().copy(true).asSQLString()
                            + ": rows of a key are merged by its order ('" + option
                            + "'), and texts have another order. Add a column of that type, or make another table");
                });
            }
        }
    }

    private static boolean isToBeText(DataType before, DataType after) {
        return after.is(DataTypeFamily.CHARACTER_STRING) && !before.is(DataTypeFamily.CHARACTER_STRING);
    }

    /** The option by which a column's values are compared. */
    private static Optional<String> comparison(String column, Map<String, String> options) {
        if (CoreOptions.fromMap(options).sequenceField().contains(column)) {
            return Optional.of(CoreOptions.SEQUENCE_FIELD.key());
        }
        String function = CoreOptions.FIELDS_PREFIX + "." + column + "." + CoreOptions.AGG_FUNCTION;
        String merged = options.containsKey(function) ? function : DEFAULT_FUNCTION;
        return ORDERED.contains(options.getOrDefault(merged, "").toLowerCase(Locale.ROOT))
                ? Optional.of(merged)
                : options.keySet().stream()
                        .filter(option -> isGroupOf(column, option))
                        .findFirst();
    }

    /** A group is named by the columns that tell which of its values are the later ones. */
    private static boolean isGroupOf(String column, String option) {
        String before = CoreOptions.FIELDS_PREFIX + ".";
        String after = "." + PartialUpdateMergeFunction.SEQUENCE_GROUP;
        return option.startsWith(before)
                && option.endsWith(after)
                && option.length() > before.length() + after.length()
                && List.of(option.substring(before.length(), option.length() - after.length())
                                .split(CoreOptions.FIELDS_SEPARATOR))
                        .contains(column);
    }
}
