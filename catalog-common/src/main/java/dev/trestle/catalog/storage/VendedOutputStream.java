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
package dev.trestle.catalog.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;

/** Writes one file with the credential that was good when it was begun, and holds that one's file system meanwhile. */
final class VendedOutputStream extends PositionOutputStream {

    private final LeasedFiles files;
    private final PositionOutputStream out;
    private boolean closed;

    private VendedOutputStream(LeasedFiles files, PositionOutputStream out) {
        this.files = requireNonNull(files, "files is null");
        this.out = requireNonNull(out, "out is null");
    }

    static VendedOutputStream open(FileIOSource source, Path path, boolean overwrite) throws IOException {
        LeasedFiles files = source.acquire();
        try {
            return open(files, path, overwrite);
        } catch (IOException e) {
            if (files.endedDuring(e)) {
                return open(source.acquire(), path, overwrite);
            }
            throw files.explained(e);
        }
    }

    /** Releases the files where it fails. */
    private static VendedOutputStream open(LeasedFiles files, Path path, boolean overwrite) throws IOException {
        boolean opened = false;
        try (OwnClassLoader ignored = OwnClassLoader.of(files.fileIO())) {
            VendedOutputStream stream =
                    new VendedOutputStream(files, files.fileIO().newOutputStream(path, overwrite));
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                files.release();
            }
        }
    }

    @Override
    public long getPos() throws IOException {
        return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
        try (OwnClassLoader ignored = OwnClassLoader.of(out)) {
            out.write(value);
        } catch (IOException e) {
            throw files.explained(e);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try (OwnClassLoader ignored = OwnClassLoader.of(out)) {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw files.explained(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try (OwnClassLoader ignored = OwnClassLoader.of(out)) {
            out.flush();
        } catch (IOException e) {
            throw files.explained(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (OwnClassLoader ignored = OwnClassLoader.of(out)) {
                out.close();
            } catch (IOException e) {
                throw files.explained(e);
            } finally {
                files.release();
            }
        }
    }
}
