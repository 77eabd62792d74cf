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

import static io.trino.memory.context.AggregatedMemoryContext.newAggregatedMemoryContext;

import io.trino.filesystem.TrinoInputFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import java.io.Closeable;
import java.io.IOException;

/**
 * Opens files of one format with the reader that Trino has for it. Safe for use by many threads.
 *
 * @param <S> the bytes of a file, as that reader wants them
 */
abstract class FileFormat<S extends Closeable> {

    abstract S source(TrinoInputFile file) throws IOException;

    /** @param source is closed with the pages */
    abstract ConnectorPageSource pages(DataFile file, S source, AggregatedMemoryContext memory) throws IOException;

    /**
     * @throws io.trino.spi.TrinoException if the file is not there, or is corrupt
     * @throws ShreddedVariantException if its values are for Paimon's reader
     */
    final ConnectorPageSource open(DataFile file, MemoryContext memory) {
        S source = null;
        try {
            source = source(file.file());
            return pages(file, source, newAggregatedMemoryContext(memory));
        } catch (ShreddedVariantException e) {
            close(source, e);
            throw e;
        } catch (IOException | RuntimeException e) {
            close(source, e);
            throw ReadErrors.ofFile(file.inWords(), e);
        }
    }

    private static void close(Closeable source, Exception thrown) {
        if (source != null) {
            try {
                source.close();
            } catch (IOException e) {
                thrown.addSuppressed(e);
            }
        }
    }
}
