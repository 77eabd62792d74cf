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
package dev.trestle.spark.write;

import dev.trestle.catalog.table.WrittenBuckets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;
import org.apache.spark.sql.types.StructType;

/** A write of rows, from its tasks to the commit. */
final class TableWrite extends LaidOutWrite implements BatchWrite {

    private final String name;
    private final FileStoreTable table;
    private final StructType schema;
    private final String queryId;
    private final Optional<Map<String, String>> replaced;
    private final BatchWriteBuilder builder;
    private final WriteCommit commit;

    /** @param replaced the partition whose rows are replaced, where any are; an empty one is all rows */
    TableWrite(
            String name,
            FileStoreTable table,
            LogicalWriteInfo info,
            Optional<Map<String, String>> replaced,
            WriteCommit.Progress progress) {
        super(WriteLayout.of(table));
        TableWriteBuilder.checkColumns(name, table, Arrays.asList(info.schema().fieldNames()));
        this.name = name;
        this.table = table;
        this.schema = info.schema();
        this.queryId = info.queryId();
        this.replaced = replaced;
        this.builder = WrittenBuckets.of(table).newBatchWriteBuilder().withOverwrite(replaced.orElse(null));
        this.commit = new WriteCommit(name, table, replaced, progress);
    }

    @Override
    public String description() {
        return "trestle " + name;
    }

    @Override
    public BatchWrite toBatch() {
        return this;
    }

    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
        commit.writersBegin();
        return writers();
    }

    private RowWriters writers() {
        return new RowWriters(table, builder, schema, replaced.isPresent());
    }

    @Override
    public StreamingWrite toStreaming() {
        return new EpochWrite(name, table, queryId, replaced, writers());
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
        commit.commit(messages);
    }

    @Override
    public void abort(WriterCommitMessage[] messages) {
        commit.abort(messages);
    }
}
