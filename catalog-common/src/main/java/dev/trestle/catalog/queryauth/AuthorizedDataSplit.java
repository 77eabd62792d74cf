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

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.stats.SimpleStatsEvolutions;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.IndexFile;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;

/**
 * A data split with its permission. It stays a {@link DataSplit}, since engines assign those by their buckets and
 * snapshots and fail on any other.
 */
final class AuthorizedDataSplit extends DataSplit implements AuthorizedSplit {

    private static final long serialVersionUID = 1L;

    private final ReadPermission permission;

    AuthorizedDataSplit(DataSplit split, ReadPermission permission) {
        assign(split);
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

    private boolean isRestricted() {
        return permission instanceof ReadPermission.Restricted;
    }

    @Override
    public OptionalLong mergedRowCount() {
        return isRestricted() ? OptionalLong.empty() : super.mergedRowCount();
    }

    @Override
    public Optional<List<RawFile>> convertToRawFiles() {
        return isRestricted() ? Optional.empty() : super.convertToRawFiles();
    }

    @Override
    public Optional<List<IndexFile>> indexFiles() {
        return isRestricted() ? Optional.empty() : super.indexFiles();
    }

    @Override
    public Object minValue(int column, DataField field, SimpleStatsEvolutions evolutions) {
        return isRestricted() ? null : super.minValue(column, field, evolutions);
    }

    @Override
    public Object maxValue(int column, DataField field, SimpleStatsEvolutions evolutions) {
        return isRestricted() ? null : super.maxValue(column, field, evolutions);
    }

    @Override
    public Long nullCount(int column, SimpleStatsEvolutions evolutions) {
        return isRestricted() ? null : super.nullCount(column, evolutions);
    }

    @Override
    public Optional<DataSplit> filterDataFile(Predicate<DataFileMeta> filter) {
        return super.filterDataFile(filter).map(split -> new AuthorizedDataSplit(split, permission));
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && permission.equals(((AuthorizedDataSplit) other).permission);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), permission);
    }
}
