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

import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorOutputTableHandle;
import java.util.List;

/**
 * What a task has to know to write rows into a table.
 *
 * @param columns of the pages, in their order
 * @param commitUser of the one commit that the statement makes, see {@link WriteJob}
 */
public record TableWriteHandle(
        TrestleTableHandle table, List<TrestleColumnHandle> columns, String commitUser, InsertMode mode)
        implements ConnectorInsertTableHandle, ConnectorOutputTableHandle {

    public TableWriteHandle {
        requireNonNull(table, "table is null");
        columns = List.copyOf(columns);
        requireNonNull(commitUser, "commitUser is null");
        requireNonNull(mode, "mode is null");
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
