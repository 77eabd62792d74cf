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

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleTableHandle;
import io.trino.spi.connector.ConnectorMergeTableHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import java.util.Set;

/**
 * What a task has to know to change rows of a table.
 *
 * @param table at the snapshot that the statement reads
 * @param commitUser of the one commit that the statement makes, see {@link WriteJob}
 * @param updated the columns that UPDATE clauses set
 */
public record MergeWriteHandle(TrestleTableHandle table, String commitUser, Set<String> updated)
        implements ConnectorMergeTableHandle {

    public MergeWriteHandle {
        requireNonNull(table, "table is null");
        requireNonNull(commitUser, "commitUser is null");
        updated = Set.copyOf(updated);
    }

    @Override
    public ConnectorTableHandle getTableHandle() {
        return table;
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
