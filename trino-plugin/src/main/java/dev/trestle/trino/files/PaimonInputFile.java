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
package dev.trestle.trino.files;

import static java.util.Objects.requireNonNull;

import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.VectoredReadable;

/**
 * A file of a table for Trino's own readers. It is reached by the table's own means, so that a credential that ends while
 * it is read is renewed.
 */
public final class PaimonInputFile implements TrinoInputFile {

    private final FileIO files;
    private final Path path;
    private final long length;

    /** @param length of the file in bytes */
    public PaimonInputFile(FileIO files, Path path, long length) {
        this.files = requireNonNull(files, "files is null");
        this.path = requireNonNull(path, "path is null");
        this.length = length;
    }

    @Override
    public TrinoInput newInput() throws IOException {
        return new Input(files.newInputStream(path), length);
    }

    @Override
    public TrinoInputStream newStream() throws IOException {
        return new Stream(files.newInputStream(path));
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Instant lastModified() throws IOException {
        return Instant.ofEpochMilli(files.getFileStatus(path).getModificationTime());
    }

    @Override
    public boolean exists() throws IOException {
        return files.exists(path);
    }

    @Override
    public Location location() {
        return Locations.of(path);
    }

    private record Input(SeekableInputStream in, long fileLength) implements TrinoInput {

        @Override
        public void readFully(long position, byte[] buffer, int bufferOffset, int length) throws IOException {
            if (in instanceof VectoredReadable places) {
                places.preadFully(position, buffer, bufferOffset, length);
                return;
            }
            synchronized (in) {
                in.seek(position);
                if (in.readNBytes(buffer, bufferOffset, length) < length) {
                    throw new EOFException("The file ends before byte " + (position + length));
                }
            }
        }

        @Override
        public int readTail(byte[] buffer, int bufferOffset, int maxLength) throws IOException {
            int length = (int) Math.min(maxLength, fileLength);
            readFully(fileLength - length, buffer, bufferOffset, length);
            return length;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class Stream extends TrinoInputStream {

        private final SeekableInputStream in;

        Stream(SeekableInputStream in) {
            this.in = in;
        }

        @Override
        public long getPosition() throws IOException {
            return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
