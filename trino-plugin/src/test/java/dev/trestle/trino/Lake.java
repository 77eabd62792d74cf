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
package dev.trestle.trino;

import dev.trestle.catalog.RestCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.DataTypes;

/** A database of one test class, written by Paimon. Trino is asked by {@link Sql}. */
public final class Lake {

    private final RestCatalog writer;
    private final String schema;

    private Lake(RestCatalog writer, String schema) {
        this.writer = writer;
        this.schema = schema;
    }

    /** Makes the database if it is not there. */
    public static Lake in(TrestleQueryRunner runner, String schema) throws Exception {
        Lake lake = new Lake(runner.otherClient(), schema);
        lake.writer.createDatabase(schema, true);
        return lake;
    }

    /** The same catalog, as another client has it. */
    public RestCatalog writer() {
        return writer;
    }

    public Identifier identifier(String table) {
        return Identifier.create(schema, table);
    }

    /** A table with a key {@code id} and a text {@code item}. */
    public void createKeyed(String table, String... options) throws Exception {
        Schema.Builder builder = Schema.newBuilder()
                .column("id", DataTypes.BIGINT())
                .column("item", DataTypes.STRING())
                .primaryKey("id")
                .option("bucket", "1");
        for (int i = 0; i < options.length; i += 2) {
            builder.option(options[i], options[i + 1]);
        }
        writer.createTable(identifier(table), builder.build(), false);
    }

    /** Commits one row; a snapshot more. */
    public void commit(String table, Object... values) throws Exception {
        Table opened = writer.getTable(identifier(table));
        BatchWriteBuilder write = opened.newBatchWriteBuilder();
        Object[] stored = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            stored[i] = values[i] instanceof String text ? BinaryString.fromString(text) : values[i];
        }
        try (BatchTableWrite writing = write.newWrite();
                BatchTableCommit commit = write.newCommit()) {
            writing.write(GenericRow.of(stored));
            commit.commit(writing.prepareCommit());
        }
    }

    public FileStoreTable stored(String table) throws Exception {
        return (FileStoreTable) writer.getTable(identifier(table));
    }
}
