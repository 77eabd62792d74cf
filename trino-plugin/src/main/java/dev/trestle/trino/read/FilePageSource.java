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

import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;

/** The pages of a file, by one of Trino's readers. */
abstract class FilePageSource implements ConnectorPageSource {

    private final String file;
    private final Closeable reader;
    private boolean finished;
    private long positions;

    /** @param reader closed after the last page */
    FilePageSource(String file, Closeable reader) {
        this.file = requireNonNull(file, "file is null");
        this.reader = requireNonNull(reader, "reader is null");
    }

    /** Null after the last one. */
    abstract SourcePage nextPage() throws IOException;

    @Override
    public final SourcePage getNextSourcePage() {
        try {
            SourcePage page = nextPage();
            if (page == null) {
                close();
                return null;
            }
            positions += page.getPositionCount();
            return page;
        } catch (IOException | RuntimeException e) {
            throw ReadErrors.ofFile(file, e);
        }
    }

    @Override
    public final OptionalLong getCompletedPositions() {
        return OptionalLong.of(positions);
    }

    @Override
    public final boolean isFinished() {
        return finished;
    }

    @Override
    public final void close() throws IOException {
        if (!finished) {
            finished = true;
            reader.close();
        }
    }
}
