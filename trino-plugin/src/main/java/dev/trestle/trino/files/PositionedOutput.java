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

import java.io.IOException;
import java.io.OutputStream;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;

/** A file that is written, with the position in it. */
final class PositionedOutput extends PositionOutputStream {

    private final Path path;
    private final OutputStream out;
    private long position;

    PositionedOutput(Path path, OutputStream out) {
        this.path = requireNonNull(path, "path is null");
        this.out = requireNonNull(out, "out is null");
    }

    @FunctionalInterface
    private interface Write {
        void to(OutputStream out) throws IOException;
    }

    private void run(Write write) throws IOException {
        FileErrors.call(path, () -> {
            write.to(out);
            return null;
        });
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        run(stream -> stream.write(value));
        position++;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        run(stream -> stream.write(bytes, offset, length));
        position += length;
    }

    @Override
    public void flush() throws IOException {
        run(OutputStream::flush);
    }

    @Override
    public void close() throws IOException {
        run(OutputStream::close);
    }
}
