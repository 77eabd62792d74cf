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

import static io.trino.spi.type.TypeUtils.writeNativeValue;

import dev.trestle.trino.TrestleColumnHandle;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.FixedPageSource;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.type.Type;
import java.util.List;

/** The one row of an answer that metadata gives. Its columns are no columns of the table, and have their positions as ids. */
final class ComputedRow {

    private ComputedRow() {}

    static TrestleColumnHandle column(int position, Type type) {
        return new TrestleColumnHandle(position, "computed_" + position, type);
    }

    static ConnectorPageSource pages(List<NullableValue> row, List<TrestleColumnHandle> columns) {
        Block[] blocks = columns.stream()
                .map(column ->
                        writeNativeValue(column.type(), row.get(column.id()).getValue()))
                .toArray(Block[]::new);
        return new FixedPageSource(List.of(new Page(1, blocks)));
    }
}
