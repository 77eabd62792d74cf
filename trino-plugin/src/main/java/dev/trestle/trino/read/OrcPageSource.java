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

import io.trino.orc.OrcDataSource;
import io.trino.orc.OrcRecordReader;
import io.trino.spi.connector.SourcePage;
import java.io.IOException;

/** The pages of an ORC file. */
final class OrcPageSource extends FilePageSource {

    private final OrcDataSource source;
    private final OrcRecordReader reader;

    OrcPageSource(String file, OrcDataSource source, OrcRecordReader reader) {
        super(file, reader);
        this.source = requireNonNull(source, "source is null");
        this.reader = reader;
    }

    @Override
    SourcePage nextPage() throws IOException {
        return reader.nextPage();
    }

    @Override
    public long getCompletedBytes() {
        return source.getReadBytes();
    }

    @Override
    public long getReadTimeNanos() {
        return source.getReadTimeNanos();
    }
}
