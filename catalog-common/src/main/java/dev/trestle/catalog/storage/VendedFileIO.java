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
import org.apache.paimon.fs.RemoteIterator;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.TwoPhaseOutputStream;

/**
 * The files of one table, opened with credentials that the service vends and that end: each operation uses the ones that
 * are good now. Its serialized form holds no credential; whoever opens it elsewhere asks for one there. Safe for use by many
 * threads.
 */
public final class VendedFileIO implements FileIO {

    private static final long serialVersionUID = 1L;

    private final FileIOSource source;

    public VendedFileIO(FileIOSource source) {
        this.source = requireNonNull(source, "source is null");
    }

    /** Never called: it is made of a source that is configured already. */
    @Override
    public void configure(CatalogContext context) {
        throw new UnsupportedOperationException("A file system of vended credentials takes no options");
    }

    @Override
    public boolean isObjectStore() {
        try {
            return source.current().isObjectStore();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SeekableInputStream newInputStream(Path path) throws IOException {
        return source.current().newInputStream(path);
    }

    @Override
    public PositionOutputStream newOutputStream(Path path, boolean overwrite) throws IOException {
        return source.current().newOutputStream(path, overwrite);
    }

    @Override
    public TwoPhaseOutputStream newTwoPhaseOutputStream(Path path, boolean overwrite) throws IOException {
        return source.current().newTwoPhaseOutputStream(path, overwrite);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return source.current().getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return source.current().listStatus(path);
    }

    @Override
    public RemoteIterator<FileStatus> listFilesIterative(Path path, boolean recursive) throws IOException {
        return source.current().listFilesIterative(path, recursive);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return source.current().exists(path);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return source.current().delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return source.current().mkdirs(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return source.current().rename(from, to);
    }

    @Override
    public boolean tryToWriteAtomic(Path path, String content) throws IOException {
        return source.current().tryToWriteAtomic(path, content);
    }
}
