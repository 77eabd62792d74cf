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
package dev.trestle.spark.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.paimon.fs.SeekableInputStream;

/** A file that Paimon has opened, as Hadoop reads it. Used by one thread. */
final class TableInputStream extends FSInputStream {

    private final SeekableInputStream in;
    private final FileSystem.Statistics statistics;

    /** @param statistics in which Spark sees how much a task has read */
    TableInputStream(SeekableInputStream in, FileSystem.Statistics statistics) {
        this.in = requireNonNull(in, "in is null");
        this.statistics = requireNonNull(statistics, "statistics is null");
    }

    @Override
    public void seek(long position) throws IOException {
        in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
        return in.getPos();
    }

    /** There is no other copy. */
    @Override
    public boolean seekToNewSource(long position) {
        return false;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            statistics.incrementBytesRead(1);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            statistics.incrementBytesRead(count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
