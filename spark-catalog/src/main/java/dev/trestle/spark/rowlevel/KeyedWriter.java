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
package dev.trestle.spark.rowlevel;

import dev.trestle.catalog.table.KeptValues;
import dev.trestle.spark.data.PaimonRow;
import dev.trestle.spark.write.TaskFiles;
import dev.trestle.spark.write.WriteCommit;
import java.io.IOException;
import java.util.Optional;
import org.apache.paimon.CoreOptions.ChangelogProducer;
import org.apache.paimon.CoreOptions.MergeEngine;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/** Writes the changes of a task. What a MERGE does is known only here. */
final class KeyedWriter implements DeltaWriter<InternalRow> {

    private final TaskFiles files;
    private final KeyedRows rows;
    private final KeyedChanges.Possibility deletable;
    private final KeyedChanges.Possibility updatable;
    private final Optional<KeptValues> kept;
    private final boolean writesRowBefore;

    KeyedWriter(
            FileStoreTable table,
            TaskFiles files,
            KeyedRows rows,
            KeyedChanges.Possibility deletable,
            KeyedChanges.Possibility updatable) {
        this.files = files;
        this.rows = rows;
        this.deletable = deletable;
        this.updatable = updatable;
        this.kept =
                KeptValues.areUncertain(table.coreOptions()) ? Optional.of(new KeptValues(table)) : Optional.empty();
        // What is written is the table's changelog then, and whoever adds up its rows takes off the old one.
        this.writesRowBefore = table.coreOptions().changelogProducer() == ChangelogProducer.INPUT
                && table.coreOptions().mergeEngine() == MergeEngine.DEDUPLICATE;
    }

    @Override
    public void insert(InternalRow row) throws IOException {
        files.write(rows.inserted(row));
    }

    @Override
    public void update(InternalRow metadata, InternalRow id, InternalRow row) throws IOException {
        updatable.check();
        PaimonRow updated = rows.updated(id, row);
        kept.ifPresent(values -> values.check(rows.before(id), updated));
        if (writesRowBefore) {
            files.write(rows.before(id));
        }
        files.write(updated);
    }

    @Override
    public void delete(InternalRow metadata, InternalRow id) throws IOException {
        deletable.check();
        files.write(rows.deleted(id));
    }

    @Override
    public WriterCommitMessage commit() throws IOException {
        return new WriteCommit.Written(files.end());
    }

    /** What the task has written is deleted when it is closed. */
    @Override
    public void abort() {}

    @Override
    public void close() throws IOException {
        files.close();
    }
}
