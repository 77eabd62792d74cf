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
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import java.util.Optional;

/**
 * A table that is compacted.
 *
 * @param partitions which, as {@code day=2026-01-01,hour=3;day=2026-01-02}; empty for all
 */
public record OptimizeHandle(TrestleTableHandle table, Optional<String> partitions)
        implements ConnectorTableExecuteHandle {

    public OptimizeHandle {
        requireNonNull(table, "table is null");
        requireNonNull(partitions, "partitions is null");
    }

    @Override
    public String toString() {
        return "optimize " + table;
    }
}
