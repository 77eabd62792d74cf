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

import dev.trestle.catalog.procedure.Compaction;
import dev.trestle.catalog.table.BucketIndexes;
import dev.trestle.catalog.table.WithoutDefaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.utils.FileStorePathFactory;

/**
 * The write of one statement to one table. Its files begin with a name that no other statement's have, so that what a failed
 * statement left can be found, and all of it goes into one commit by a user of its own.
 *
 * @param table as it is written: NULL is kept where a column has a default, which is for columns that are left out
 * @param commitUser Paimon's name of who commits
 * @param indexes those that the writers begin with, where the commit is to be compared with them
 */
record WriteJob(FileStoreTable table, String commitUser, Optional<BucketIndexes> indexes) {

    private static final String DATA_FILE_PREFIX = "data-";
    private static final String CHANGELOG_FILE_PREFIX = "changelog-";

    WriteJob {
        requireNonNull(table, "table is null");
        requireNonNull(commitUser, "commitUser is null");
        requireNonNull(indexes, "indexes is null");
    }

    /** A job without rows. */
    WriteJob(FileStoreTable table, String commitUser) {
        this(table, commitUser, Optional.empty());
    }

    /** @throws UnsupportedOperationException if it is not a table whose files Paimon manages */
    static WriteJob of(Table table, String commitUser, InsertMode mode) {
        Map<String, String> options = new HashMap<>();
        options.put(CoreOptions.DATA_FILE_PREFIX.key(), DATA_FILE_PREFIX + commitUser + "-");
        options.put(CoreOptions.CHANGELOG_FILE_PREFIX.key(), CHANGELOG_FILE_PREFIX + commitUser + "-");
        if (mode.overwrites()) {
            options.put(
                    CoreOptions.DYNAMIC_PARTITION_OVERWRITE.key(),
                    String.valueOf(mode == InsertMode.OVERWRITE_PARTITIONS));
        }
        return new WriteJob(
                WithoutDefaults.of(WrittenTables.require(table)).copyWithoutTimeTravel(options), commitUser);
    }

    /** The same job, before its writers begin; refused if another statement replaces the indexes that they find. */
    WriteJob withIndexesAsOfNow() {
        return new WriteJob(table, commitUser, Optional.of(BucketIndexes.asOfNow(table)));
    }

    /** To be open while the messages of the writers are committed. */
    BucketIndexes.Scope watch(List<CommitMessage> messages) {
        return indexes.map(found -> found.watch(messages)).orElse(() -> {});
    }

    /** A user for the commit of a query. */
    static String newCommitUser(String queryId) {
        return queryId + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Whether a file of this name was written by this job. */
    boolean wrote(String fileName) {
        return fileName.startsWith(DATA_FILE_PREFIX + commitUser + "-")
                || fileName.startsWith(CHANGELOG_FILE_PREFIX + commitUser + "-")
                || fileName.startsWith(indexPrefix());
    }

    private String indexPrefix() {
        return FileStorePathFactory.INDEX_PREFIX + commitUser + "-";
    }

    static boolean isIndex(String fileName) {
        return fileName.startsWith(FileStorePathFactory.INDEX_PREFIX)
                && !fileName.startsWith(FileStorePathFactory.INDEX_MANIFEST_PREFIX);
    }

    /** What this job calls an index that Paimon gave a name by chance. */
    String indexName(String fileName) {
        return indexPrefix() + fileName.substring(FileStorePathFactory.INDEX_PREFIX.length());
    }

    /** Whether its writers make indexes: of keys in dynamic buckets, and of the rows of files that are deleted. */
    boolean writesIndexes() {
        return table.bucketMode() == BucketMode.HASH_DYNAMIC
                || (!table.primaryKeys().isEmpty() && table.coreOptions().deletionVectorsEnabled());
    }

    /**
     * The same job, refused if another statement has changed the buckets of an append table in a way that Paimon does not see:
     * it compares the files, and not which of their rows are deleted.
     *
     * @param read the snapshot that the job's changes are based on
     */
    WriteJob guardedBy(Optional<Snapshot> read) {
        if (!table.primaryKeys().isEmpty() || table.bucketMode() != BucketMode.HASH_FIXED) {
            return this;
        }
        long safe = read.map(Snapshot::id).orElse(0L);
        return new WriteJob(
                table.copyWithoutTimeTravel(
                        Map.of(CoreOptions.COMMIT_STRICT_MODE_LAST_SAFE_SNAPSHOT.key(), String.valueOf(safe))),
                commitUser,
                indexes);
    }

    /**
     * Whether rows of files that are there may be marked as deleted while this job runs, and Paimon does not see it: a file
     * that it merges meanwhile would bring them back.
     */
    boolean mayMissMarks() {
        return Compaction.overlooksDeletions(table);
    }

    /**
     * The same job, whose writers leave the files that are there as they are. A compaction knows nothing of rows of these that
     * are deleted beside it: they would come back.
     */
    WriteJob withoutCompaction() {
        return new WriteJob(
                table.copyWithoutTimeTravel(Map.of(CoreOptions.WRITE_ONLY.key(), Boolean.TRUE.toString())),
                commitUser,
                indexes);
    }
}
