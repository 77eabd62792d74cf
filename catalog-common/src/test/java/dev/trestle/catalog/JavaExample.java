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

import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataTypes;

/** The Java example of the README, letter by letter. */
@SuppressWarnings("SystemOut")
final class JavaExample {

    private JavaExample() {}

    static void run(Map<String, String> options) throws Exception {
        try (Catalog catalog = RestCatalog.open(options)) {
            catalog.createDatabase("shop", true);
            Identifier orders = Identifier.create("shop", "orders");
            Schema schema = Schema.newBuilder()
                    .column("id", DataTypes.BIGINT())
                    .column("item", DataTypes.STRING())
                    .build();
            catalog.createTable(orders, schema, true);
            System.out.println(catalog.listTables("shop"));
            Table table = catalog.getTable(orders);
            BatchWriteBuilder write = table.newBatchWriteBuilder();
            try (BatchTableWrite writer = write.newWrite();
                    BatchTableCommit commit = write.newCommit()) {
                writer.write(GenericRow.of(1L, BinaryString.fromString("tea")));
                commit.commit(writer.prepareCommit());
            }
            ReadBuilder read = catalog.getTable(orders).newReadBuilder();
            try (RecordReader<InternalRow> rows =
                    read.newRead().createReader(read.newScan().plan())) {
                rows.forEachRemaining(row -> System.out.println(row.getLong(0) + " " + row.getString(1)));
            }
        }
    }
}
