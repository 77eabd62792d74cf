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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.util.Progressable;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.utils.FileIOUtils;
import org.apache.paimon.utils.InstantiationUtil;

/**
 * The files of one table as a file system of Hadoop's. Spark's sources of plain files take it from the options of a read or
 * write, on the driver and in tasks, so that they open files with the keys that the catalog has for the table: those that the
 * service vends, renewed as they end, or else those in the catalog's options. Nobody else gets to see it.
 */
public final class TableFileSystem extends FileSystem {

    /** The files, serialized. Spark shows no value of such a name, since the catalog's options are in it. */
    private static final String FILES = "trestle.files.secret";

    private URI uri;
    private Path workingDirectory;
    private FileIO files;

    /** Called by Hadoop. */
    public TableFileSystem() {}

    /**
     * The options of a read or write of a table. None for files that are in no object store: these have no keys, and perhaps
     * places, which Hadoop's own file systems know.
     */
    public static Map<String, String> options(String location, FileIO files) {
        String scheme = new Path(location).toUri().getScheme();
        if (scheme == null || !FileIOUtils.isObjectStore(scheme.toLowerCase(Locale.ROOT))) {
            return Map.of();
        }
        String implementation = "fs." + scheme + ".impl";
        return Map.of(
                implementation,
                TableFileSystem.class.getName(),
                // Hadoop would give the files of one table to the next one in the same bucket.
                implementation + ".disable.cache",
                "true",
                // Its own for S3 takes its own file system only.
                PathOutputCommitterFactory.COMMITTER_FACTORY_CLASS,
                FileOutputCommitterFactory.class.getName(),
                FILES,
                serialized(files));
    }

    private static String serialized(FileIO files) {
        try {
            return Base64.getEncoder().encodeToString(InstantiationUtil.serializeObject(files));
        } catch (IOException e) {
            throw new UncheckedIOException("The access to a table's files cannot be sent to tasks", e);
        }
    }

    @Override
    public void initialize(URI name, Configuration options) throws IOException {
        super.initialize(name, options);
        uri = URI.create(name.getScheme() + "://" + name.getAuthority());
        workingDirectory = new Path(uri + "/");
        try {
            files = InstantiationUtil.deserializeObject(
                    Base64.getDecoder().decode(options.get(FILES)), getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IOException("The access to the files in " + uri + " needs a class that is not here", e);
        }
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public String getScheme() {
        return uri.getScheme();
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        return new FSDataInputStream(new TableInputStream(files.newInputStream(toPaimon(file)), statistics));
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return new FSDataOutputStream(files.newOutputStream(toPaimon(file), overwrite), statistics);
    }

    @Override
    public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException(
                "Nothing can be added to file " + file + ": an object is written as a whole");
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return files.rename(toPaimon(from), toPaimon(to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return files.delete(toPaimon(path), recursive);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return files.exists(toPaimon(path));
    }

    @Override
    public boolean mkdirs(Path directory, FsPermission permission) throws IOException {
        return files.mkdirs(toPaimon(directory));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return toHadoop(files.getFileStatus(toPaimon(path)));
    }

    @Override
    public FileStatus[] listStatus(Path directory) throws IOException {
        org.apache.paimon.fs.FileStatus[] found = files.listStatus(toPaimon(directory));
        FileStatus[] listed = new FileStatus[found.length];
        for (int i = 0; i < found.length; i++) {
            listed[i] = toHadoop(found[i]);
        }
        return listed;
    }

    @Override
    public void setWorkingDirectory(Path directory) {
        workingDirectory = makeQualified(directory);
    }

    @Override
    public Path getWorkingDirectory() {
        return workingDirectory;
    }

    private org.apache.paimon.fs.Path toPaimon(Path path) {
        return new org.apache.paimon.fs.Path(makeQualified(path).toUri());
    }

    private FileStatus toHadoop(org.apache.paimon.fs.FileStatus status) {
        return new FileStatus(
                status.getLen(),
                status.isDir(),
                1,
                getDefaultBlockSize(workingDirectory),
                status.getModificationTime(),
                new Path(
                        uri.getScheme(),
                        uri.getAuthority(),
                        status.getPath().toUri().getPath()));
    }
}
