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

import java.util.List;

/** What becomes of the rows that are there when rows are inserted. */
public enum InsertMode {
    /** They stay. */
    APPEND,
    /** Those of the partitions that get rows are replaced; of a table without partitions, all are. */
    OVERWRITE_PARTITIONS,
    /** All are replaced. */
    OVERWRITE_TABLE;

    boolean overwrites() {
        return this != APPEND;
    }

    /** Whether all rows that a table with these keys of partitions has are replaced. */
    boolean overwritesAllOf(List<String> partitionKeys) {
        return this == OVERWRITE_TABLE || (overwrites() && partitionKeys.isEmpty());
    }
}
