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
package dev.trestle.catalog.queryauth;

import java.util.List;
import org.apache.paimon.table.source.StreamDataTableScan;
import org.apache.paimon.table.source.snapshot.StartingContext;
import org.apache.paimon.types.RowType;

/** Plans a stream, and asks anew for each of its plans what may be read. */
final class AuthorizedStreamScan extends AuthorizedScan implements StreamDataTableScan {

    private final StreamDataTableScan stream;

    AuthorizedStreamScan(StreamDataTableScan stream, QueryAuth auth, RowType columns, List<String> partitionKeys) {
        super(stream, auth, columns, partitionKeys);
        this.stream = stream;
    }

    @Override
    public StartingContext startingContext() {
        return stream.startingContext();
    }

    @Override
    public Long watermark() {
        return stream.watermark();
    }

    @Override
    public Long checkpoint() {
        return stream.checkpoint();
    }

    @Override
    public void restore(Long nextSnapshotId) {
        stream.restore(nextSnapshotId);
    }

    @Override
    public void restore(Long nextSnapshotId, boolean scanAllSnapshot) {
        stream.restore(nextSnapshotId, scanAllSnapshot);
    }

    @Override
    public void notifyCheckpointComplete(Long nextSnapshot) {
        stream.notifyCheckpointComplete(nextSnapshot);
    }
}
