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

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import java.util.List;

/** So many rows that are all alike: of a file of which nothing but the number of its rows is wanted. */
final class CountedPageSource implements ConnectorPageSource {

    private static final int ROWS_OF_A_PAGE = 8_192;

    private final List<Block> values;
    private long left;

    /** @param columns all of them constants */
    CountedPageSource(long rows, List<OutputPageSource.Column> columns) {
        this.left = rows;
        this.values = columns.stream()
                .map(column -> ((OutputPageSource.Column.Constant) column).value())
                .toList();
    }

    @Override
    public SourcePage getNextSourcePage() {
        if (left == 0) {
            return null;
        }
        int rows = (int) Math.min(left, ROWS_OF_A_PAGE);
        left -= rows;
        return SourcePage.create(new Page(
                rows,
                values.stream()
                        .map(value -> RunLengthEncodedBlock.create(value, rows))
                        .toArray(Block[]::new)));
    }

    @Override
    public boolean isFinished() {
        return left == 0;
    }

    @Override
    public long getCompletedBytes() {
        return 0;
    }

    @Override
    public long getReadTimeNanos() {
        return 0;
    }

    @Override
    public void close() {
        left = 0;
    }
}
