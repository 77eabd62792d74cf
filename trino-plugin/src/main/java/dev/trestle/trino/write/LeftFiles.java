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

import java.io.IOException;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of tasks that ended well, in a statement that failed and has proposed no commit: nobody else knows of them any
 * more, so they are found by their names. Paimon names index files by itself: what a primary key with dynamic buckets, or with
 * deletion vectors, has written of these stays for {@code remove_orphan_files}.
 */
final class LeftFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);

    private LeftFiles() {}

    /** Lists the table's directory and deletes the job's files. What cannot be deleted is logged. */
    static void delete(WriteJob job) {
        FileIO files = job.table().fileIO();
        try {
            RemoteIterator<FileStatus> listed =
                    files.listFilesIterative(job.table().location(), true);
            while (listed.hasNext()) {
                Path file = listed.next().getPath();
                if (job.wrote(file.getName())) {
                    files.deleteQuietly(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Files of a failed write to table {} may be left, their names hold {}",
                    job.table().fullName(),
                    job.commitUser(),
                    e);
        }
    }
}
