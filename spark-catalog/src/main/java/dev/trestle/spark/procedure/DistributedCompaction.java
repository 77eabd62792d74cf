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
package dev.trestle.spark.procedure;

import dev.trestle.catalog.procedure.Compaction;
import dev.trestle.catalog.procedure.CompactionPiece;
import dev.trestle.spark.data.TaskDirectories;
import dev.trestle.spark.write.WriteCommit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;

/**
 * Merges files in tasks of Spark, a piece a task, and commits them in one snapshot. Files of tasks that ended well in a
 * compaction that failed are left to {@code remove_orphan_files}.
 */
record DistributedCompaction(String name, Compaction compaction) {

    void run() {
        FileStoreTable table = compaction.table();
        WriteCommit commit = new WriteCommit(name, table, Optional.empty(), new WriteCommit.Progress());
        commit.writersBegin();
        List<CompactionPiece> pieces = compaction.pieces();
        if (pieces.isEmpty()) {
            return;
        }
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
        List<CommitMessage> messages = spark.parallelize(pieces, pieces.size())
                .flatMap(new Task(table))
                .collect();
        commit.commit(messages);
    }

    /** Runs a piece. */
    private record Task(FileStoreTable table) implements FlatMapFunction<CompactionPiece, CommitMessage> {

        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<CommitMessage> call(CompactionPiece piece) throws Exception {
            try (IOManager spilled = TaskDirectories.ofThisProcess()) {
                return piece.run(table, spilled).iterator();
            }
        }
    }
}
