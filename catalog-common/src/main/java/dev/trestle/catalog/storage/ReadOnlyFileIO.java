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

import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.io.IOException;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.RemoteIterator;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.TwoPhaseOutputStream;

/** The files of a table that may be read and not be changed; whoever tries is told why. Safe for use by many threads. */
public final class ReadOnlyFileIO implements FileIO {

    private static final long serialVersionUID = 1L;

    private final FileIO files;
    private final String refusal;

    /** @param refusal why the files cannot be changed, and what to do, as one message */
    public ReadOnlyFileIO(FileIO files, String refusal) {
        this.files = requireNonNull(files, "files is null");
        this.refusal = requireNonNull(refusal, "refusal is null");
    }

    /**
     * Refuses what is to be written before anything is done for it.
     *
     * @throws UnsupportedByServiceException if these are files that cannot be changed
     */
    public static void requireWritable(FileIO files) {
        if (files instanceof ReadOnlyFileIO readOnly) {
            throw readOnly.refused();
        }
    }

    private UnsupportedByServiceException refused() {
        return new UnsupportedByServiceException(refusal);
    }

    /** Never called: it is made of one that is configured already. */
    @Override
    public void configure(CatalogContext context) {
        throw new UnsupportedOperationException("Files that are only read take no options");
    }

    @Override
    public boolean isObjectStore() {
        return files.isObjectStore();
    }

    @Override
    public SeekableInputStream newInputStream(Path path) throws IOException {
        return files.newInputStream(path);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return files.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return files.listStatus(path);
    }

    @Override
    public RemoteIterator<FileStatus> listFilesIterative(Path path, boolean recursive) throws IOException {
        return files.listFilesIterative(path, recursive);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return files.exists(path);
    }

    @Override
    public PositionOutputStream newOutputStream(Path path, boolean overwrite) {
        throw refused();
    }

    @Override
    public TwoPhaseOutputStream newTwoPhaseOutputStream(Path path, boolean overwrite) {
        throw refused();
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw refused();
    }

    @Override
    public boolean mkdirs(Path path) {
        throw refused();
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw refused();
    }
}
