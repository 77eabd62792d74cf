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
package dev.trestle.catalog.table;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.paimon.index.IndexPathFactory;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.TableCommitImpl;

/** The files that a write has made itself, of those that its messages name. */
public final class OwnFiles {

    private OwnFiles() {}

    /**
     * Deletes the files of a write that is not committed and will not be. Paimon's {@code abort} alone would leave indexes, and
     * delete files of the table: a compaction that only raises the level of a file names it both before and after. What cannot
     * be deleted is left, without a word where Paimon says none.
     *
     * @param messages of the write
     * @throws Exception if the table's files cannot be reached
     */
    public static void delete(FileStoreTable table, List<CommitMessage> messages) throws Exception {
        List<CommitMessageImpl> own = messages.stream()
                .map(message -> withoutRaised((CommitMessageImpl) message))
                .toList();
        try (TableCommitImpl commit = table.newCommit("taken-back")) {
            commit.abort(List.copyOf(own));
        }
        own.forEach(message -> deleteIndexes(table, message));
    }

    private static void deleteIndexes(FileStoreTable table, CommitMessageImpl message) {
        IndexPathFactory paths = table.store().pathFactory().indexFileFactory(message.partition(), message.bucket());
        Stream.of(
                        message.newFilesIncrement().newIndexFiles(),
                        message.compactIncrement().newIndexFiles())
                .flatMap(List::stream)
                .forEach(file -> table.fileIO().deleteQuietly(paths.toPath(file)));
    }

    private static CommitMessageImpl withoutRaised(CommitMessageImpl message) {
        CompactIncrement compaction = message.compactIncrement();
        Set<String> before =
                compaction.compactBefore().stream().map(DataFileMeta::fileName).collect(toSet());
        List<DataFileMeta> made = compaction.compactAfter().stream()
                .filter(file -> !before.contains(file.fileName()))
                .toList();
        return new CommitMessageImpl(
                message.partition(),
                message.bucket(),
                message.totalBuckets(),
                message.newFilesIncrement(),
                new CompactIncrement(
                        compaction.compactBefore(),
                        made,
                        compaction.changelogFiles(),
                        compaction.newIndexFiles(),
                        compaction.deletedIndexFiles()));
    }
}
