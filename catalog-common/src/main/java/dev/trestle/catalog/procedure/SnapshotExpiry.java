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
package dev.trestle.catalog.procedure;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.options.ExpireConfig;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;

/**
 * Which snapshots a table loses, with the files that only they need. What is empty is as the table's options say.
 *
 * @param retainMax how many snapshots are kept at most
 * @param retainMin how many are kept at least
 * @param age younger snapshots are kept
 * @param maxDeletes how many are deleted at most
 */
public record SnapshotExpiry(
        OptionalInt retainMax, OptionalInt retainMin, Optional<Duration> age, OptionalInt maxDeletes) {

    /** @throws WrongArgumentException if a number is not positive, or fewer are kept at most than at least */
    public SnapshotExpiry {
        requirePositive("retain_max", retainMax);
        requirePositive("retain_min", retainMin);
        requirePositive("max_deletes", maxDeletes);
        if (retainMax.isPresent() && retainMin.isPresent() && retainMax.getAsInt() < retainMin.getAsInt()) {
            throw new WrongArgumentException(
                    "Argument 'retain_max' must not be less than 'retain_min', and is " + retainMax.getAsInt());
        }
    }

    private static void requirePositive(String name, OptionalInt value) {
        if (value.isPresent() && value.getAsInt() < 1) {
            throw new WrongArgumentException("Argument '" + name + "' must be 1 or more, and is " + value.getAsInt());
        }
    }

    /** Deletes them and answers how many they were. */
    public int run(FileStoreTable table) {
        return table.newExpireSnapshots().config(config(table)).expire();
    }

    /**
     * A changelog that outlives its snapshot keeps the snapshot's files. So it does only where the table's own options ask for
     * that: what they leave open is as narrow as it is for snapshots here.
     */
    private ExpireConfig config(FileStoreTable table) {
        ExpireConfig options = table.coreOptions().expireConfig();
        Options own = table.coreOptions().toConfiguration();
        int min = retainMin.orElse(Math.min(options.getSnapshotRetainMin(), retainMax.orElse(Integer.MAX_VALUE)));
        return ExpireConfig.builder()
                .snapshotRetainMin(min)
                .snapshotRetainMax(retainMax.orElse(Math.max(min, options.getSnapshotRetainMax())))
                .snapshotTimeRetain(age.orElse(options.getSnapshotTimeRetain()))
                .snapshotMaxDeletes(maxDeletes.orElse(options.getSnapshotMaxDeletes()))
                .changelogRetainMin(own.get(CoreOptions.CHANGELOG_NUM_RETAINED_MIN))
                .changelogRetainMax(own.get(CoreOptions.CHANGELOG_NUM_RETAINED_MAX))
                .changelogTimeRetain(own.get(CoreOptions.CHANGELOG_TIME_RETAINED))
                .changelogMaxDeletes(options.getChangelogMaxDeletes())
                .build();
    }
}
