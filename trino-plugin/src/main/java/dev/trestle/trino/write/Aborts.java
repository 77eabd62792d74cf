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

import dev.trestle.catalog.table.OwnFiles;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.table.sink.CommitMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back what was written and was not proposed to the catalog. */
final class Aborts {

    private static final Logger LOG = LoggerFactory.getLogger(Aborts.class);

    private Aborts() {}

    /** Deletes the files of a task, whether it has finished them or not. What cannot be deleted is logged. */
    static void abort(WriteJob job, RowWrites writes, Optional<List<CommitMessage>> finished) {
        try {
            writes.close();
        } catch (Exception e) {
            LOG.warn(
                    "Files of a failed write to table {} may be left",
                    job.table().fullName(),
                    e);
        }
        finished.ifPresent(messages -> delete(job, messages));
    }

    /** Deletes the files of messages. What cannot be deleted is logged. */
    static void delete(WriteJob job, List<CommitMessage> messages) {
        try {
            OwnFiles.delete(job.table(), messages);
        } catch (Exception e) {
            LOG.warn(
                    "Files of a failed write to table {} may be left",
                    job.table().fullName(),
                    e);
        }
    }
}
