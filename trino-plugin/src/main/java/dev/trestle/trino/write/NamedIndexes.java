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
package dev.trestle.trino.write;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.RemoteIterator;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.TwoPhaseOutputStream;
import org.apache.paimon.index.IndexFileMeta;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/**
 * The files of a table as one writer of a job sees them: an index that it makes gets a name of the job's, as data files have by
 * an option. Paimon has none for indexes, and nobody would know them again whose task has ended when the job is taken back.
 * Safe for use by many threads.
 */
final class NamedIndexes implements FileIO {

    private static final long serialVersionUID = 1L;

    private final FileIO files;
    private final WriteJob job;

    /** By the names that Paimon knows them by. */
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    NamedIndexes(WriteJob job) {
        this.job = requireNonNull(job, "job is null");
        this.files = job.table().fileIO();
    }

    /** The table to write to; what is to be committed of it is told by {@link #named(List)}. */
    FileStoreTable table() {
        FileStoreTable table = job.table();
        return FileStoreTableFactory.createWithoutFallbackBranch(
                this, table.location(), table.schema(), new Options(), table.catalogEnvironment());
    }

    /** The messages with the names that the indexes have. */
    List<CommitMessage> named(List<CommitMessage> messages) {
        return made.isEmpty()
                ? messages
                : messages.stream()
                        .<CommitMessage>map(message -> named((CommitMessageImpl) message))
                        .toList();
    }

    private CommitMessageImpl named(CommitMessageImpl message) {
        DataIncrement written = message.newFilesIncrement();
        CompactIncrement compacted = message.compactIncrement();
        return new CommitMessageImpl(
                message.partition(),
                message.bucket(),
                message.totalBuckets(),
                new DataIncrement(
                        written.newFiles(),
                        written.deletedFiles(),
                        written.changelogFiles(),
                        renamed(written.newIndexFiles()),
                        renamed(written.deletedIndexFiles())),
                new CompactIncrement(
                        compacted.compactBefore(),
                        compacted.compactAfter(),
                        compacted.changelogFiles(),
                        renamed(compacted.newIndexFiles()),
                        renamed(compacted.deletedIndexFiles())));
    }

    private List<IndexFileMeta> renamed(List<IndexFileMeta> indexes) {
        return indexes.stream().map(this::renamed).toList();
    }

    private IndexFileMeta renamed(IndexFileMeta index) {
        return made.contains(index.fileName())
                ? new IndexFileMeta(
                        index.indexType(),
                        job.indexName(index.fileName()),
                        index.fileSize(),
                        index.rowCount(),
                        index.dvRanges(),
                        index.externalPath() == null
                                ? null
                                : named(new Path(index.externalPath())).toString(),
                        index.globalIndexMeta())
                : index;
    }

    private Path named(Path path) {
        return made.contains(path.getName()) ? new Path(path.getParent(), job.indexName(path.getName())) : path;
    }

    @Override
    public PositionOutputStream newOutputStream(Path path, boolean overwrite) throws IOException {
        if (WriteJob.isIndex(path.getName())) {
            made.add(path.getName());
        }
        return files.newOutputStream(named(path), overwrite);
    }

    @Override
    public TwoPhaseOutputStream newTwoPhaseOutputStream(Path path, boolean overwrite) throws IOException {
        return files.newTwoPhaseOutputStream(named(path), overwrite);
    }

    @Override
    public SeekableInputStream newInputStream(Path path) throws IOException {
        return files.newInputStream(named(path));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return files.getFileStatus(named(path));
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return files.exists(named(path));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return files.delete(named(path), recursive);
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
    public boolean mkdirs(Path path) throws IOException {
        return files.mkdirs(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return files.rename(named(from), named(to));
    }

    @Override
    public boolean isObjectStore() {
        return files.isObjectStore();
    }

    /** Never called: the table's files are configured already. */
    @Override
    public void configure(CatalogContext context) {
        throw new UnsupportedOperationException("The files of a job take no options");
    }
}
