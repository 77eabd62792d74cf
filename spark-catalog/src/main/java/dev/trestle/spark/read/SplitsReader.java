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

import dev.trestle.spark.data.TaskDirectories;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.reader.RecordReader.RecordIterator;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.TableRead;
import org.apache.spark.sql.connector.read.PartitionReader;

/** Goes through the batches of some splits, one after the other. Used by one thread. */
abstract class SplitsReader<T> implements PartitionReader<T> {

    private final IOManager spilled = TaskDirectories.ofThisProcess();
    private final TableRead read;
    private final Iterator<Split> splits;

    private RecordReader<InternalRow> reader;
    private RecordIterator<InternalRow> batch;

    SplitsReader(ReadBuilder read, List<Split> splits) {
        this.read = read.newRead().withIOManager(spilled);
        this.splits = splits.iterator();
    }

    /** A split begins whose batches follow. */
    abstract void begin(Split split);

    /** The batch that is read now; null before the first one. */
    final RecordIterator<InternalRow> batch() {
        return batch;
    }

    /** Releases the batch that is read now and goes on to the next one; false where there is none. */
    final boolean nextBatch() throws IOException {
        release();
        while (true) {
            if (reader != null) {
                batch = reader.readBatch();
                if (batch != null) {
                    return true;
                }
                reader.close();
                reader = null;
            }
            if (!splits.hasNext()) {
                return false;
            }
            Split split = splits.next();
            begin(split);
            reader = read.createReader(split);
        }
    }

    private void release() {
        if (batch != null) {
            batch.releaseBatch();
            batch = null;
        }
    }

    @Override
    public final void close() throws IOException {
        try (AutoCloseable files = spilled;
                RecordReader<InternalRow> opened = reader) {
            release();
            reader = null;
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Could not close the reader of a split", e);
        }
    }
}
