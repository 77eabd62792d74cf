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
package dev.trestle.spark.read;

import dev.trestle.catalog.queryauth.AuthorizedSplit;
import java.util.List;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.IncrementalSplit;
import org.apache.paimon.table.source.Split;

/** What is known of the files of a split, whose rows are added or changed ones. */
record SplitFiles(Split split) {

    SplitFiles {
        split = split instanceof AuthorizedSplit authorized ? authorized.unrestricted() : split;
    }

    /** The files that hold the rows; none of a split of other things. */
    List<DataFileMeta> files() {
        if (split instanceof DataSplit data) {
            return data.dataFiles();
        }
        return split instanceof IncrementalSplit change ? change.afterFiles() : List.of();
    }

    /** Whether rows may stand for deletions: a stream's do. */
    boolean isStreaming() {
        return (split instanceof DataSplit data && data.isStreaming())
                || (split instanceof IncrementalSplit change && change.isStreaming());
    }

    /** What the split is in order by: the same each time that a snapshot is planned, and no other split's. */
    String order() {
        List<DataFileMeta> files = files();
        if (split instanceof DataSplit data && !files.isEmpty()) {
            return data.bucketPath() + "/" + files.get(0).fileName();
        }
        return files.isEmpty() ? "" : files.get(0).fileName();
    }
}
