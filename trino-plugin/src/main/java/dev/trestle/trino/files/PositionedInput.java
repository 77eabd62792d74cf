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

import com.google.common.io.Closer;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoInputStream;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.VectoredReadable;

/** A file of Trino's as Paimon reads it: as a stream, and at many places at once. Each is opened when it is first used. */
final class PositionedInput extends SeekableInputStream implements VectoredReadable {

    private final Path path;
    private final TrinoInputFile file;

    /**
     * Inputs that nobody reads from now. Paimon reads large parts of a file by several threads, and an input of Trino's is not
     * for more than one: that of local files moves to a place before it reads there.
     */
    private final Queue<TrinoInput> idle = new ConcurrentLinkedQueue<>();

    private TrinoInputStream stream;
    private volatile boolean closed;

    PositionedInput(Path path, TrinoInputFile file) {
        this.path = requireNonNull(path, "path is null");
        this.file = requireNonNull(file, "file is null");
    }

    private TrinoInputStream stream() throws IOException {
        if (stream == null) {
            stream = FileErrors.call(path, file::newStream);
        }
        return stream;
    }

    @Override
    public void seek(long position) throws IOException {
        TrinoInputStream in = stream();
        FileErrors.call(path, () -> {
            in.seek(position);
            return null;
        });
    }

    @Override
    public long getPos() throws IOException {
        return stream().getPosition();
    }

    @Override
    public int read() throws IOException {
        TrinoInputStream in = stream();
        return FileErrors.call(path, in::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        TrinoInputStream in = stream();
        return FileErrors.call(path, () -> in.read(bytes, offset, length));
    }

    @Override
    public int pread(long position, byte[] buffer, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("The stream of " + path + " is closed");
        }
        TrinoInput ready = idle.poll();
        TrinoInput input = ready == null ? FileErrors.call(path, file::newInput) : ready;
        try {
            return FileErrors.call(path, () -> {
                input.readFully(position, buffer, offset, length);
                return length;
            });
        } finally {
            idle.add(input);
            if (closed) {
                closeIdle();
            }
        }
    }

    private void closeIdle() throws IOException {
        try (Closer inputs = Closer.create()) {
            for (TrinoInput input = idle.poll(); input != null; input = idle.poll()) {
                inputs.register(input);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try (TrinoInputStream in = stream) {
            stream = null;
            closeIdle();
        }
    }
}
