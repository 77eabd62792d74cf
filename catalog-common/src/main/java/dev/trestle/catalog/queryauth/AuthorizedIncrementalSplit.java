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

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.apache.paimon.table.source.IncrementalSplit;
import org.apache.paimon.table.source.Split;

/**
 * What changed between two snapshots, with its permission. It stays an {@link IncrementalSplit}: engines assign what is no
 * data split by the bucket of that, such as what INSERT OVERWRITE changes in a stream that reads it.
 */
final class AuthorizedIncrementalSplit extends IncrementalSplit implements AuthorizedSplit {

    private static final long serialVersionUID = 1L;

    private final ReadPermission permission;

    AuthorizedIncrementalSplit(IncrementalSplit split, ReadPermission permission) {
        super(
                split.snapshotId(),
                split.partition(),
                split.bucket(),
                split.totalBuckets(),
                split.beforeFiles(),
                split.beforeDeletionFiles(),
                split.afterFiles(),
                split.afterDeletionFiles(),
                split.isStreaming());
        this.permission = requireNonNull(permission, "permission is null");
    }

    @Override
    public ReadPermission permission() {
        return permission;
    }

    @Override
    public Split unrestricted() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && permission.equals(((AuthorizedIncrementalSplit) other).permission);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), permission);
    }
}
