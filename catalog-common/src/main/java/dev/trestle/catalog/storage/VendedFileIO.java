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
import java.io.UncheckedIOException;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.SeekableInputStream;

/**
 * The files of one table, opened with credentials that the service vends and that end: each operation uses the ones that
 * are good now, and a stream that is read for longer goes on with newer ones. A file is written with the ones it was begun with.
 * The serialized form holds no vended credential; whoever opens it elsewhere asks for one there. Safe for use by many threads.
 */
public final class VendedFileIO implements FileIO {

    private static final long serialVersionUID = 2L;

    private final FileIOSource source;

    public VendedFileIO(FileIOSource source) {
        this.source = requireNonNull(source, "source is null");
    }

    @FunctionalInterface
    private interface Operation<T> {
        T on(FileIO files) throws IOException;
    }

    private <T> T run(Operation<T> operation) throws IOException {
        LeasedFiles files = source.acquire();
        try {
            return on(files, operation);
        } catch (IOException e) {
            if (!files.endedDuring(e)) {
                throw files.explained(e);
            }
        } finally {
            files.release();
        }
        // What the store refused it did not do.
        LeasedFiles newer = source.acquire();
        try {
            return on(newer, operation);
        } catch (IOException e) {
            throw newer.explained(e);
        } finally {
            newer.release();
        }
    }

    private static <T> T on(LeasedFiles files, Operation<T> operation) throws IOException {
        try (OwnClassLoader ignored = OwnClassLoader.of(files.fileIO())) {
            return operation.on(files.fileIO());
        }
    }

    /** Never called: it is made of a source that is configured already. */
    @Override
    public void configure(CatalogContext context) {
        throw new UnsupportedOperationException("A file system of vended credentials takes no options");
    }

    @Override
    public boolean isObjectStore() {
        try {
            return run(FileIO::isObjectStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SeekableInputStream newInputStream(Path path) throws IOException {
        return VendedInputStream.open(source, path);
    }

    @Override
    public PositionOutputStream newOutputStream(Path path, boolean overwrite) throws IOException {
        return VendedOutputStream.open(source, path, overwrite);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return run(files -> files.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return run(files -> files.listStatus(path));
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return run(files -> files.exists(path));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return run(files -> files.delete(path, recursive));
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return run(files -> files.mkdirs(path));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return run(files -> files.rename(from, to));
    }

    @Override
    public boolean tryToWriteAtomic(Path path, String content) throws IOException {
        return run(files -> files.tryToWriteAtomic(path, content));
    }
}
