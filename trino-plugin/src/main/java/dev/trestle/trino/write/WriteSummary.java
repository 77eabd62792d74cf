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

import io.trino.spi.connector.ConnectorOutputMetadata;
import java.util.List;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/** What a statement wrote, for the query's info. */
record WriteSummary(String table, String commitUser, long files, long rows, long bytes)
        implements ConnectorOutputMetadata {

    static WriteSummary of(WriteJob job, List<CommitMessage> messages) {
        List<DataFileMeta> written = messages.stream()
                .flatMap(message -> ((CommitMessageImpl) message).newFilesIncrement().newFiles().stream())
                .toList();
        return new WriteSummary(
                job.table().fullName(),
                job.commitUser(),
                written.size(),
                written.stream().mapToLong(DataFileMeta::rowCount).sum(),
                written.stream().mapToLong(DataFileMeta::fileSize).sum());
    }

    @Override
    public Object getInfo() {
        return this;
    }
}
