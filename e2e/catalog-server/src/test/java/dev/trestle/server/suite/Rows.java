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
package dev.trestle.server.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataType;
import org.apache.paimon.utils.InternalRowUtils;

/** Writes and reads rows as a program would that uses Paimon's Java API. */
public final class Rows {

    private Rows() {}

    /** A row; texts may be given as strings. */
    public static GenericRow row(Object... values) {
        return GenericRow.of(Arrays.stream(values)
                .map(value -> value instanceof String text ? BinaryString.fromString(text) : value)
                .toArray());
    }

    /** Writes rows in one commit. */
    public static void write(Table table, GenericRow... rows) throws Exception {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }

    /** Writes rows over those of a partition, or of the table for an empty spec, in one commit. */
    public static void overwrite(Table table, Map<String, String> partition, GenericRow... rows) throws Exception {
        BatchWriteBuilder builder = table.newBatchWriteBuilder().withOverwrite(partition);
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }

    /** All rows as text, sorted. */
    public static List<String> read(Table table) throws Exception {
        ReadBuilder builder = table.newReadBuilder();
        List<DataType> types = builder.readType().getFieldTypes();
        List<String> rows = new ArrayList<>();
        try (RecordReader<InternalRow> reader =
                builder.newRead().createReader(builder.newScan().plan())) {
            reader.forEachRemaining(row -> rows.add(text(row, types)));
        }
        rows.sort(null);
        return rows;
    }

    private static String text(InternalRow row, List<DataType> types) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(InternalRowUtils.get(row, i, types.get(i)));
        }
        return values.toString();
    }
}
