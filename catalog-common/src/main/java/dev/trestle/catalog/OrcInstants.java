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
package dev.trestle.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;

/**
 * How ORC files hold points of time ({@code TIMESTAMP_LTZ}). Unless an option says otherwise, Paimon shifts them there by the time
 * zone of the JVM that writes, and back by that of the one that reads. The option holds for all files of a table.
 */
final class OrcInstants {

    private static final String LEGACY = "orc.timestamp-ltz.legacy.type";

    private OrcInstants() {}

    /** Has a table that is made with these columns hold points of time as they are, if its options say nothing. */
    static void complete(Map<String, String> options, List<DataField> columns) {
        if (isOrc(options) && areIn(columns)) {
            options.putIfAbsent(LEGACY, "false");
        }
    }

    static boolean areIn(List<DataField> columns) {
        return columns.stream().anyMatch(column -> areIn(column.type()));
    }

    /** Whether changes of a table give a column such a type, and say nothing of how that is held. */
    static boolean areAddedBy(List<SchemaChange> changes) {
        return changes.stream().anyMatch(OrcInstants::isOfInstants)
                && changes.stream().noneMatch(OrcInstants::isOfOption);
    }

    private static boolean isOfInstants(SchemaChange change) {
        return (change instanceof SchemaChange.AddColumn add && areIn(add.dataType()))
                || (change instanceof SchemaChange.UpdateColumnType update && areIn(update.newDataType()));
    }

    private static boolean isOfOption(SchemaChange change) {
        return (change instanceof SchemaChange.SetOption set && set.key().equals(LEGACY))
                || (change instanceof SchemaChange.RemoveOption remove
                        && remove.key().equals(LEGACY));
    }

    /** Whether a table with these options would shift them after changes. */
    static boolean areShiftedBy(Map<String, String> options, List<SchemaChange> changes) {
        Map<String, String> after = new HashMap<>(options);
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.SetOption set) {
                after.put(set.key(), set.value());
            } else if (change instanceof SchemaChange.RemoveOption remove) {
                after.remove(remove.key());
            }
        }
        return isOrc(after) && !after.containsKey(LEGACY);
    }

    /** Has a table hold them as they are: only one of which no file has any yet. */
    static SchemaChange heldAsTheyAre() {
        return SchemaChange.setOption(LEGACY, "false");
    }

    private static boolean isOrc(Map<String, String> options) {
        return "orc".equalsIgnoreCase(options.get(CoreOptions.FILE_FORMAT.key()));
    }

    private static boolean areIn(DataType type) {
        return switch (type.getTypeRoot()) {
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            case ARRAY, MAP, MULTISET, ROW ->
                DataTypeChecks.getNestedTypes(type).stream().anyMatch(OrcInstants::areIn);
            default -> false;
        };
    }
}
