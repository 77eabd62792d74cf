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
package dev.trestle.trino.function;

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.TableFunctionApplicationResult;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of {@code table_changes}: it is a scan of the table's audit log.
 *
 * @param changes the audit log, between the two states
 * @param columns of the audit log, in the order of the function's answer
 */
public record TableChangesHandle(TrestleTableHandle changes, List<TrestleColumnHandle> columns)
        implements ConnectorTableFunctionHandle {

    public TableChangesHandle {
        requireNonNull(changes, "changes is null");
        columns = List.copyOf(columns);
    }

    /** The scan that takes the place of the call. */
    public TableFunctionApplicationResult<ConnectorTableHandle> toScan() {
        List<ColumnHandle> scanned = new ArrayList<>(columns);
        return new TableFunctionApplicationResult<>(changes, scanned);
    }
}
