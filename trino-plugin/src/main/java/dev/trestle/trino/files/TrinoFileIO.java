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

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.trino.filesystem.FileEntry;
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoOutputFile;
import io.trino.spi.security.ConnectorIdentity;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.RemoteIterator;
import org.apache.paimon.fs.SeekableInputStream;

/**
 * Paimon's files over a file system of Trino's. An object store has no directories: one is there while a file is below it,
 * and making one does nothing. Safe for use by many threads.
 */
final class TrinoFileIO implements FileIO {

    private static final long serialVersionUID = 1L;

    /** Java moves a file past one that appears meanwhile; within a process at least that is kept from happening. */
    private static final Object RENAMING = new Object();

    private final transient TrinoFileSystemFactory fileSystems;
    private final boolean objectStore;
    private transient volatile TrinoFileSystem files;
    private final transient ConnectorIdentity identity;

    TrinoFileIO(TrinoFileSystemFactory fileSystems, ConnectorIdentity identity, boolean objectStore) {
        this.fileSystems = requireNonNull(fileSystems, "fileSystems is null");
        this.identity = requireNonNull(identity, "identity is null");
        this.objectStore = objectStore;
        this.files = fileSystems.create(identity);
    }

    /** Takes the access key from the options, where they have one. */
    @Override
    public void configure(CatalogContext context) {
        files = fileSystems.create(
                StorageCredentials.with(identity, context.options().toMap()));
    }

    @Override
    public boolean isObjectStore() {
        return objectStore;
    }

    @Override
    public SeekableInputStream newInputStream(Path path) throws IOException {
        return new PositionedInput(path, FileErrors.call(path, () -> files.newInputFile(Locations.of(path))));
    }

    @Override
    public PositionOutputStream newOutputStream(Path path, boolean overwrite) throws IOException {
        return FileErrors.call(path, () -> {
            TrinoOutputFile file = files.newOutputFile(Locations.of(path));
            return new PositionedOutput(path, overwrite ? replacing(file) : file.create());
        });
    }

    /** What is overwritten is small: hints, marks and the like. */
    private static OutputStream replacing(TrinoOutputFile file) {
        return new ByteArrayOutputStream() {
            private boolean closed;

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    file.createOrOverwrite(toByteArray());
                }
            }
        };
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return FileErrors.call(path, () -> {
            TrinoInputFile file = files.newInputFile(Locations.of(path));
            if (isFile(path, file)) {
                return new Status(
                        path, false, file.length(), file.lastModified().toEpochMilli());
            }
            if (isDirectory(path)) {
                return new Status(path, true, 0, 0);
            }
            throw new FileNotFoundException("File " + path + " does not exist");
        });
    }

    private boolean isFile(Path path, TrinoInputFile file) throws IOException {
        // A local directory counts as a file that exists.
        return !(!objectStore && isDirectory(path)) && file.exists();
    }

    private boolean isDirectory(Path path) throws IOException {
        return files.directoryExists(Locations.of(path)).orElse(false);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return FileErrors.call(
                path, () -> files.newInputFile(Locations.of(path)).exists() || isDirectory(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return FileErrors.call(path, () -> {
            Location location = Locations.of(path);
            if (!objectStore && !isDirectory(path)) {
                TrinoInputFile file = files.newInputFile(location);
                return file.exists() ? new FileStatus[] {getFileStatus(path)} : new FileStatus[0];
            }
            List<FileStatus> found = new ArrayList<>();
            for (Location directory : files.listDirectories(location)) {
                found.add(new Status(Locations.below(path, directory), true, 0, 0));
            }
            FileIterator entries = files.listFiles(location);
            while (entries.hasNext()) {
                FileEntry entry = entries.next();
                if (Locations.isChild(location, entry.location())) {
                    found.add(status(path, entry));
                }
            }
            return found.toArray(FileStatus[]::new);
        });
    }

    @Override
    public RemoteIterator<FileStatus> listFilesIterative(Path path, boolean recursive) throws IOException {
        if (!recursive) {
            return FileIO.super.listFilesIterative(path, false);
        }
        FileIterator entries = FileErrors.call(path, () -> files.listFiles(Locations.of(path)));
        return new RemoteIterator<>() {
            @Override
            public boolean hasNext() throws IOException {
                return FileErrors.call(path, entries::hasNext);
            }

            @Override
            public FileStatus next() throws IOException {
                return status(path, FileErrors.call(path, entries::next));
            }
        };
    }

    @Override
    public FileStatus[] listDirectories(Path path) throws IOException {
        return FileErrors.call(
                path,
                () -> files.listDirectories(Locations.of(path)).stream()
                        .map(directory -> new Status(Locations.below(path, directory), true, 0, 0))
                        .toArray(FileStatus[]::new));
    }

    private static Status status(Path directory, FileEntry entry) {
        return new Status(
                Locations.below(directory, entry.location()),
                false,
                entry.length(),
                entry.lastModified().toEpochMilli());
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return FileErrors.call(path, () -> {
            Location location = Locations.of(path);
            if (!isDirectory(path)) {
                files.deleteFile(location);
                return true;
            }
            if (!recursive && files.listFiles(location).hasNext()) {
                throw new IOException("Directory " + path + " is not empty");
            }
            files.deleteDirectory(location);
            return true;
        });
    }

    @Override
    public void deleteQuietly(Path file) {
        try {
            FileErrors.call(file, () -> {
                files.deleteFile(Locations.of(file));
                return null;
            });
        } catch (IOException | RuntimeException e) {
            LOG.warn("File {} could not be deleted", file, e);
        }
    }

    @Override
    public void deleteFilesQuietly(List<Path> paths) {
        if (paths.isEmpty()) {
            return;
        }
        try {
            FileErrors.call(paths.getFirst(), () -> {
                files.deleteFiles(paths.stream().map(Locations::of).toList());
                return null;
            });
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} files, the first of them {}, could not be deleted", paths.size(), paths.getFirst(), e);
        }
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return FileErrors.call(path, () -> {
            files.createDirectory(Locations.of(path));
            return true;
        });
    }

    /** Moves a file or directory to where there is none. In an object store a file is copied, which is not atomic. */
    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return FileErrors.call(from, () -> {
            if (objectStore) {
                return copyAndDelete(from, to);
            }
            synchronized (RENAMING) {
                if (exists(to) || !exists(from)) {
                    return false;
                }
                if (isDirectory(from)) {
                    files.renameDirectory(Locations.of(from), Locations.of(to));
                } else {
                    files.renameFile(Locations.of(from), Locations.of(to));
                }
                return true;
            }
        });
    }

    private boolean copyAndDelete(Path from, Path to) throws IOException {
        TrinoInputFile source = files.newInputFile(Locations.of(from));
        if (!source.exists() || exists(to)) {
            return false;
        }
        try (InputStream in = source.newStream();
                OutputStream out = files.newOutputFile(Locations.of(to)).create()) {
            in.transferTo(out);
        }
        files.deleteFile(source.location());
        return true;
    }

    @Override
    public boolean tryToWriteAtomic(Path path, String content) throws IOException {
        try {
            return objectStore ? create(path, content) : FileIO.super.tryToWriteAtomic(path, content);
        } catch (IOException e) {
            // Azure's and HDFS's say only that they failed when another has made the file since they looked.
            if (!exists(path)) {
                throw e;
            }
            return readFileUtf8(path).equals(content);
        }
    }

    private boolean create(Path path, String content) throws IOException {
        return FileErrors.call(path, () -> {
            try {
                files.newOutputFile(Locations.of(path)).createExclusive(content.getBytes(UTF_8));
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        });
    }

    /** @param modified epoch milliseconds; 0 for a directory */
    private record Status(Path path, boolean directory, long length, long modified) implements FileStatus {

        @Override
        public long getLen() {
            return length;
        }

        @Override
        public boolean isDir() {
            return directory;
        }

        @Override
        public Path getPath() {
            return path;
        }

        @Override
        public long getModificationTime() {
            return modified;
        }
    }
}
