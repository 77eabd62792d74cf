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

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.RestCatalog;
import io.trino.Session;
import java.util.List;
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
import org.assertj.core.api.AbstractThrowableAssert;

/** A database of one test class: written by Paimon, asked by Trino. */
public final class Lake {

    private final TrestleQueryRunner runner;
    private final RestCatalog writer;
    private final String schema;
    private final Session session;

    private Lake(TrestleQueryRunner runner, String schema) {
        this.runner = runner;
        this.writer = runner.otherClient();
        this.schema = schema;
        this.session = Session.builder(runner.trino().getDefaultSession())
                .setSchema(schema)
                .build();
    }

    /** Makes the database if it is not there. */
    public static Lake in(TrestleQueryRunner runner, String schema) throws Exception {
        Lake lake = new Lake(runner, schema);
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

    /** Runs a statement; its rows. */
    public List<List<Object>> rows(String sql) {
        return runner.trino().execute(session, sql).getMaterializedRows().stream()
                .map(row -> row.getFields())
                .toList();
    }

    public void run(String sql) {
        runner.trino().execute(session, sql);
    }

    /** The only value of the only row. */
    public Object value(String sql) {
        return runner.trino().execute(session, sql).getOnlyValue();
    }

    /** What a statement that must fail says. */
    public AbstractThrowableAssert<?, ? extends Throwable> failure(String sql) {
        return assertThatThrownBy(() -> runner.trino().execute(session, sql));
    }
}
