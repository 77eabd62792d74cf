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

import dev.trestle.spark.data.PaimonRow;
import java.io.IOException;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;

/** Writes the rows of a task. */
final class RowWriter implements DataWriter<InternalRow> {

    private final TaskFiles files;
    private final PaimonRow row;

    RowWriter(TaskFiles files, RowType stored, StructType given) {
        this.files = files;
        this.row = new PaimonRow(stored, given);
    }

    @Override
    public void write(InternalRow record) throws IOException {
        files.write(row.show(record));
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
