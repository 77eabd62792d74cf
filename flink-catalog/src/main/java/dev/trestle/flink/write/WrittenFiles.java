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
package dev.trestle.flink.write;

import java.io.Serializable;
import java.util.List;
import org.apache.paimon.table.sink.CommitMessage;

/** Files that a task has written to its end, and that nobody sees yet; none where it had no rows. */
record WrittenFiles(List<CommitMessage> files) implements Serializable {

    private static final long serialVersionUID = 1L;

    WrittenFiles {
        files = List.copyOf(files);
    }
}
