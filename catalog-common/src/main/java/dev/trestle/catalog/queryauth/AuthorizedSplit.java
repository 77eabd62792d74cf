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

import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.table.source.DataFilePlan;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.IncrementalSplit;
import org.apache.paimon.table.source.PlanImpl;
import org.apache.paimon.table.source.SnapshotNotExistPlan;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.TableScan;
import org.apache.paimon.table.source.snapshot.SnapshotReader;

/** A split that says what may be read of it. It gives no raw files and no exact count away where that is restricted. */
public interface AuthorizedSplit extends Split {

    /** What may be read of it. */
    ReadPermission permission();

    /** The split to hand to the reader of the files. */
    Split unrestricted();

    /** A plan whose splits have a permission; it still tells its snapshot, or that there is none. */
    static TableScan.Plan of(TableScan.Plan plan, ReadPermission permission) {
        if (plan == SnapshotNotExistPlan.INSTANCE) {
            return plan;
        }
        List<Split> splits = new ArrayList<>();
        plan.splits().forEach(split -> splits.add(of(split, permission)));
        return plan instanceof SnapshotReader.Plan ofSnapshot
                ? new PlanImpl(ofSnapshot.watermark(), ofSnapshot.snapshotId(), splits)
                : new DataFilePlan<>(splits);
    }

    /** A split with a permission. */
    static AuthorizedSplit of(Split split, ReadPermission permission) {
        // A subclass has more than a copy would carry.
        if (split.getClass() == DataSplit.class) {
            return new AuthorizedDataSplit((DataSplit) split, permission);
        }
        return split.getClass() == IncrementalSplit.class
                ? new AuthorizedIncrementalSplit((IncrementalSplit) split, permission)
                : new AuthorizedOtherSplit(split, permission);
    }
}
