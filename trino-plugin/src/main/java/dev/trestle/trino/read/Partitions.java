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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/** The partitions of a table, tested by Trino's own comparison of their values. Used by one thread. */
public final class Partitions {

    private final List<String> keys;
    private final RowType type;

    private BinaryRow lastTested;
    private TupleDomain<TrestleColumnHandle> lastSought;
    private boolean lastMatched;

    /** @param columns of the table */
    public Partitions(RowType columns, List<String> keys) {
        this.keys = List.copyOf(requireNonNull(keys, "keys is null"));
        this.type = columns.project(keys);
    }

    boolean isKey(TrestleColumnHandle column) {
        return column.isWhole() && keys.contains(column.name());
    }

    /** Whether rows of the partition may be among those sought. */
    public boolean matches(BinaryRow partition, TupleDomain<TrestleColumnHandle> sought) {
        if (partition.equals(lastTested) && sought.equals(lastSought)) {
            return lastMatched;
        }
        lastMatched = test(partition, sought);
        lastTested = partition;
        lastSought = sought;
        return lastMatched;
    }

    private boolean test(BinaryRow partition, TupleDomain<TrestleColumnHandle> sought) {
        if (sought.isNone()) {
            return false;
        }
        for (Map.Entry<TrestleColumnHandle, Domain> entry :
                sought.getDomains().orElseThrow().entrySet()) {
            if (isKey(entry.getKey()) && !entry.getValue().includesNullableValue(value(partition, entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private Object value(BinaryRow partition, TrestleColumnHandle column) {
        int key = keys.indexOf(column.name());
        DataType keyType = type.getTypeAt(key);
        return TrinoValues.toTrino(keyType, partition, key);
    }
}
