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

import java.util.List;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.FileStoreTable;

/** The commit of what ANALYZE has found. */
public final class StatisticsCommits {

    private StatisticsCommits() {}

    /**
     * Keeps statistics with a table, in a commit that changes no row.
     *
     * @param queryId names the user of the commit
     * @throws io.trino.spi.TrinoException saying whether the commit is not made, or its outcome is unknown
     */
    public static void commit(FileStoreTable table, String queryId, Statistics statistics) {
        WriteJob job = new WriteJob(table, WriteJob.newCommitUser(queryId));
        TableCommits.commit(job, List.of(), commit -> commit.updateStatistics(statistics));
    }
}
