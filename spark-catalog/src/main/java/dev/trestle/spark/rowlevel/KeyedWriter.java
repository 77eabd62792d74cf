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

import dev.trestle.spark.write.TaskFiles;
import dev.trestle.spark.write.WriteCommit;
import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/** Writes the changes of a task. What a MERGE does is known only here. */
final class KeyedWriter implements DeltaWriter<InternalRow> {

    private final TaskFiles files;
    private final KeyedRows rows;
    private final KeyedChanges.Possibility deletable;
    private final KeyedChanges.Possibility updatable;

    KeyedWriter(
            TaskFiles files, KeyedRows rows, KeyedChanges.Possibility deletable, KeyedChanges.Possibility updatable) {
        this.files = files;
        this.rows = rows;
        this.deletable = deletable;
        this.updatable = updatable;
    }

    @Override
    public void insert(InternalRow row) throws IOException {
        files.write(rows.inserted(row));
    }

    @Override
    public void update(InternalRow metadata, InternalRow id, InternalRow row) throws IOException {
        updatable.check();
        files.write(rows.updated(id, row));
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
