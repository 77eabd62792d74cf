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

import io.trino.parquet.reader.ParquetReader;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;
import java.io.IOException;
import java.util.OptionalLong;

/** The pages of a Parquet file. */
final class ParquetPageSource implements ConnectorPageSource {

    private final String path;
    private final ParquetReader reader;
    private boolean finished;
    private long positions;

    ParquetPageSource(String path, ParquetReader reader) {
        this.path = requireNonNull(path, "path is null");
        this.reader = requireNonNull(reader, "reader is null");
    }

    @Override
    public SourcePage getNextSourcePage() {
        try {
            SourcePage page = reader.nextPage();
            if (page == null) {
                close();
                return null;
            }
            positions += page.getPositionCount();
            return page;
        } catch (IOException | RuntimeException e) {
            throw ReadErrors.ofFile(path, e);
        }
    }

    @Override
    public long getCompletedBytes() {
        return reader.getDataSource().getReadBytes();
    }

    @Override
    public OptionalLong getCompletedPositions() {
        return OptionalLong.of(positions);
    }

    @Override
    public long getReadTimeNanos() {
        return reader.getDataSource().getReadTimeNanos();
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public Metrics getMetrics() {
        return reader.getMetrics();
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            finished = true;
            reader.close();
        }
    }
}
