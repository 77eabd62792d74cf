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

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;

/**
 * The columns that a stream reads: those that the table had when the query was started, for as long as it runs, since Spark
 * has planned with them. Files of a later schema are refused where it has other columns; read by these, values would be cut or
 * be left out.
 */
final class StreamColumns {

    private final String name;
    private final FileStoreTable table;

    private long known;

    /** @param name the table's, for messages */
    StreamColumns(String name, FileStoreTable table) {
        this.name = requireNonNull(name, "name is null");
        this.table = requireNonNull(table, "table is null");
        this.known = table.schema().id();
    }

    /** @throws IllegalStateException if a file was written after columns were changed; options and comments are none */
    void requireUnchanged(List<Split> splits) {
        long latest = splits.stream()
                .flatMap(split -> new SplitFiles(split).files().stream())
                .mapToLong(DataFileMeta::schemaId)
                .max()
                .orElse(known);
        if (latest <= known) {
            return;
        }
        List<String> changes = changes(table.schemaManager().schema(latest));
        if (!changes.isEmpty()) {
            throw new IllegalStateException("Columns of table " + name + " were changed while a stream reads it: "
                    + String.join(", ", changes) + ". Start the query again from its checkpoint, with the table loaded"
                    + " anew (readStream): it goes on with the rows that come after the change, and sees the columns as"
                    + " they are now.");
        }
        known = latest;
    }

    private List<String> changes(TableSchema later) {
        List<String> changes = new ArrayList<>();
        Map<Integer, DataField> added = new HashMap<>();
        later.fields().forEach(field -> added.put(field.id(), field));
        for (DataField field : table.schema().fields()) {
            DataField now = added.remove(field.id());
            if (now == null) {
                changes.add("'" + field.name() + "' was dropped");
            } else if (!now.name().equals(field.name())) {
                changes.add("'" + field.name() + "' was renamed to '" + now.name() + "'");
            } else if (!PlainType.of(now.type()).equals(PlainType.of(field.type()))) {
                changes.add("'" + field.name() + "' was " + field.type() + " and is " + now.type());
            }
        }
        added.values().forEach(field -> changes.add("'" + field.name() + "' was added"));
        return changes;
    }
}
