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

import io.trino.parquet.reader.ParquetReader;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;
import java.io.IOException;

/** The pages of a Parquet file. */
final class ParquetPageSource extends FilePageSource {

    private final ParquetReader reader;

    ParquetPageSource(String file, ParquetReader reader) {
        super(file, reader);
        this.reader = reader;
    }

    @Override
    SourcePage nextPage() throws IOException {
        return reader.nextPage();
    }

    @Override
    public long getCompletedBytes() {
        return reader.getDataSource().getReadBytes();
    }

    @Override
    public long getReadTimeNanos() {
        return reader.getDataSource().getReadTimeNanos();
    }

    @Override
    public Metrics getMetrics() {
        return reader.getMetrics();
    }
}
