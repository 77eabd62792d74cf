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
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.VectoredReadable;

/** Reads one file, however long that takes: before a credential ends, the file is opened again with the next one. */
class VendedInputStream extends SeekableInputStream {

    private final FileIOSource source;
    private final Path path;

    /** Reads at other places go on beside each other, but not while the stream under them is replaced. */
    private final ReentrantReadWriteLock replacing = new ReentrantReadWriteLock();

    private volatile LeasedFiles files;
    private volatile SeekableInputStream in;
    private volatile boolean closed;

    VendedInputStream(FileIOSource source, Path path, LeasedFiles files, SeekableInputStream in) {
        this.source = requireNonNull(source, "source is null");
        this.path = requireNonNull(path, "path is null");
        this.files = requireNonNull(files, "files is null");
        this.in = requireNonNull(in, "in is null");
    }

    static VendedInputStream open(FileIOSource source, Path path) throws IOException {
        LeasedFiles files = source.acquire();
        try {
            return over(source, path, files, open(files, path));
        } catch (IOException e) {
            if (!files.endedDuring(e)) {
                throw files.explained(e);
            }
        }
        LeasedFiles newer = source.acquire();
        return over(source, path, newer, open(newer, path));
    }

    /** A file that can be read at many places at once stays so. */
    private static VendedInputStream over(FileIOSource source, Path path, LeasedFiles files, SeekableInputStream in) {
        return in instanceof VectoredReadable
                ? new VendedVectoredInputStream(source, path, files, in)
                : new VendedInputStream(source, path, files, in);
    }

    /** Releases the files where it fails. */
    private static SeekableInputStream open(LeasedFiles files, Path path) throws IOException {
        boolean opened = false;
        try (OwnClassLoader ignored = OwnClassLoader.of(files.fileIO())) {
            SeekableInputStream in = files.fileIO().newInputStream(path);
            opened = true;
            return in;
        } finally {
            if (!opened) {
                files.release();
            }
        }
    }

    /** The stream under a credential that is good. */
    private SeekableInputStream current() throws IOException {
        requireOpen();
        if (files.isStale()) {
            replacing.writeLock().lock();
            try {
                requireOpen();
                if (files.isStale()) {
                    replace();
                }
            } finally {
                replacing.writeLock().unlock();
            }
        }
        return in;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The stream of " + path + " is closed");
        }
    }

    private void replace() throws IOException {
        LeasedFiles newer = source.acquire();
        if (newer == files) {
            newer.release();
            return;
        }
        long position = in.getPos();
        SeekableInputStream again = open(newer, path);
        SeekableInputStream before = in;
        LeasedFiles filesBefore = files;
        in = again;
        files = newer;
        try (OwnClassLoader ignored = OwnClassLoader.of(before)) {
            before.close();
        } finally {
            filesBefore.release();
        }
        in.seek(position);
    }

    /** Reads at a place without moving there; many threads may. */
    final int readAt(long position, byte[] bytes, int offset, int length) throws IOException {
        try {
            return readAtOnce(position, bytes, offset, length);
        } catch (IOException e) {
            if (!files.endedDuring(e)) {
                throw files.explained(e);
            }
        }
        try {
            return readAtOnce(position, bytes, offset, length);
        } catch (IOException e) {
            throw files.explained(e);
        }
    }

    private int readAtOnce(long position, byte[] bytes, int offset, int length) throws IOException {
        current();
        replacing.readLock().lock();
        try (OwnClassLoader ignored = OwnClassLoader.of(in)) {
            requireOpen();
            return ((VectoredReadable) in).pread(position, bytes, offset, length);
        } finally {
            replacing.readLock().unlock();
        }
    }

    @FunctionalInterface
    private interface Read {
        int from(SeekableInputStream in) throws IOException;
    }

    private int read(Read read) throws IOException {
        SeekableInputStream stream = current();
        long position = stream.getPos();
        try (OwnClassLoader ignored = OwnClassLoader.of(stream)) {
            return read.from(stream);
        } catch (IOException e) {
            if (!files.endedDuring(e)) {
                throw files.explained(e);
            }
        }
        SeekableInputStream again = current();
        try (OwnClassLoader ignored = OwnClassLoader.of(again)) {
            again.seek(position);
            return read.from(again);
        } catch (IOException e) {
            throw files.explained(e);
        }
    }

    @Override
    public void seek(long position) throws IOException {
        read(stream -> {
            stream.seek(position);
            return 0;
        });
    }

    @Override
    public long getPos() throws IOException {
        return in.getPos();
    }

    @Override
    public int read() throws IOException {
        return read(SeekableInputStream::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return read(stream -> stream.read(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
        replacing.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                try (OwnClassLoader ignored = OwnClassLoader.of(in)) {
                    in.close();
                } finally {
                    files.release();
                }
            }
        } finally {
            replacing.writeLock().unlock();
        }
    }
}
