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
package dev.trestle.flink;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowPartitionComputer;
import org.apache.paimon.utils.TypeUtils;

/**
 * Values of some or all of a table's partition keys. They are compared by what they mean: the server may list a day as its
 * number, and no value as the table's default name.
 *
 * @param types of the keys
 * @param texts the values as they were given, in forms that Paimon parses
 * @param values by key; null is no value
 */
record PartitionValues(
        RowType types, String defaultName, LinkedHashMap<String, String> texts, Map<String, Object> values) {

    private static final Pattern TIME_OF_JAVA = Pattern.compile("(\\d+-\\d+-\\d+)T(\\d+:\\d+)(:.*)?");

    /**
     * @throws IllegalArgumentException for a key that the table is not partitioned by, and for a value that no folder of
     *     plain files can have
     * @throws RuntimeException if a value is not one of the key's type
     */
    static PartitionValues of(Table table, Map<String, String> spec) {
        RowType types = table.rowType().project(table.partitionKeys());
        String defaultName = CoreOptions.fromMap(table.options()).partitionDefaultName();
        LinkedHashMap<String, String> texts = new LinkedHashMap<>();
        table.partitionKeys().stream()
                .filter(spec::containsKey)
                .forEach(key -> texts.put(
                        key, parsable(spec.get(key), types.getField(key).type())));
        if (texts.size() != spec.size()) {
            throw new IllegalArgumentException("The table is partitioned by " + table.partitionKeys());
        }
        Map<String, Object> values = new HashMap<>();
        texts.forEach(
                (key, text) -> values.put(key, parse(text, types.getField(key).type(), defaultName)));
        PartitionValues parsed = new PartitionValues(types, defaultName, texts, values);
        if (table instanceof FormatTable) {
            parsed.requireFolders();
        }
        return parsed;
    }

    private void requireFolders() {
        values.forEach((key, value) -> {
            if (value != null && isNameless(value)) {
                throw new IllegalArgumentException("A folder of plain files has no blank name: rows with a blank '"
                        + key + "' are kept, and read, as rows without one, in the partition '" + defaultName + "'");
            }
        });
    }

    /** Whether each value is listed by a name of its own: blank text is listed by that of no value. */
    boolean areNamed() {
        return values.values().stream().noneMatch(PartitionValues::isNameless);
    }

    private static boolean isNameless(Object value) {
        return value == null || value.toString().isBlank();
    }

    /** The partitions of a table that have just these values, read from its files. */
    List<Partition> of(FileStoreTable table) {
        FileStoreTable whole = table instanceof AuthorizedTable restricted ? restricted.forWriting() : table;
        InternalRowPartitionComputer names = names(types, whole.coreOptions().legacyPartitionName());
        return whole.newSnapshotReader().withPartitionFilter(texts).partitionEntries().stream()
                .map(entry -> entry.toPartition(names))
                .toList();
    }

    /**
     * The values as Paimon names partitions by them.
     *
     * @param legacy as 'partition.legacy-name' of the table is
     */
    LinkedHashMap<String, String> names(boolean legacy) {
        RowType given = types.project(List.copyOf(texts.keySet()));
        GenericRow row = new GenericRow(given.getFieldCount());
        for (int i = 0; i < given.getFieldCount(); i++) {
            row.setField(i, values.get(given.getFieldNames().get(i)));
        }
        return names(given, legacy).generatePartValues(row);
    }

    private InternalRowPartitionComputer names(RowType keys, boolean legacy) {
        return new InternalRowPartitionComputer(
                defaultName, keys, keys.getFieldNames().toArray(String[]::new), legacy);
    }

    /** Whether a partition has these values. */
    boolean isIn(Map<String, String> partition) {
        return texts.entrySet().stream()
                .allMatch(text -> Objects.equals(text.getValue(), partition.get(text.getKey()))
                        || isSame(text.getKey(), partition.get(text.getKey())));
    }

    /** The server lists values as Java writes them, unless 'partition.legacy-name' is false. */
    private boolean isSame(String key, String text) {
        Object value = values.get(key);
        if (value == null || text == null || text.equals(defaultName)) {
            return isNameless(value) && (text == null || text.equals(defaultName));
        }
        DataType type = types.getField(key).type();
        boolean isTimeOfJava =
                type.is(DataTypeFamily.TIMESTAMP) && TIME_OF_JAVA.matcher(text).matches();
        return value.toString().equals(text) || (!isTimeOfJava && value.equals(parse(text, type, defaultName)));
    }

    /** A time as it is listed, in the form that is parsed. One of a zone is listed in another than is parsed. */
    private static String parsable(String text, DataType type) {
        if (text == null || !type.is(DataTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)) {
            return text;
        }
        Matcher time = TIME_OF_JAVA.matcher(text);
        return time.matches()
                ? time.group(1) + " " + time.group(2)
                        + Optional.ofNullable(time.group(3)).orElse(":00")
                : text;
    }

    private static Object parse(String text, DataType type, String defaultName) {
        return text == null || text.equals(defaultName) ? null : TypeUtils.castFromString(text, type);
    }
}
