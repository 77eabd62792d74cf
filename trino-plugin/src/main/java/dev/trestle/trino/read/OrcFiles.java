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

import static io.trino.orc.OrcReader.INITIAL_BATCH_SIZE;
import static io.trino.orc.OrcReader.fullyProjectedLayout;
import static org.joda.time.DateTimeZone.UTC;

import dev.trestle.trino.TrinoTypes;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.orc.AbstractOrcDataSource;
import io.trino.orc.NameBasedFieldMapper;
import io.trino.orc.OrcColumn;
import io.trino.orc.OrcDataSource;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.OrcReader;
import io.trino.orc.OrcReaderOptions;
import io.trino.orc.OrcRecordReader;
import io.trino.orc.TupleDomainOrcPredicate;
import io.trino.orc.TupleDomainOrcPredicate.TupleDomainOrcPredicateBuilder;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.type.Type;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens ORC files with Trino's reader. Safe for use by many threads. */
final class OrcFiles extends FileFormat<OrcDataSource> {

    private final OrcReaderOptions options = new OrcReaderOptions();

    @Override
    OrcDataSource source(TrinoInputFile file) throws IOException {
        return new Source(file, options);
    }

    @Override
    ConnectorPageSource pages(DataFile file, OrcDataSource source, AggregatedMemoryContext memory) throws IOException {
        OrcReader reader =
                OrcReader.createOrcReader(source, options).orElseThrow(() -> new EOFException("The file is empty"));
        return new OrcPageSource(file.inWords(), source, rows(file, reader, memory));
    }

    private static OrcRecordReader rows(DataFile file, OrcReader reader, AggregatedMemoryContext context)
            throws IOException {
        Map<String, OrcColumn> inFile = new HashMap<>();
        reader.getRootColumn().getNestedColumns().forEach(column -> inFile.put(column.getColumnName(), column));
        List<OrcColumn> columns = file.columns().stream()
                .map(column -> inFile.get(column.inFile().name()))
                .toList();
        List<Type> types = file.columns().stream()
                .map(column -> TrinoTypes.toTrino(column.wanted().type()))
                .toList();
        TupleDomainOrcPredicateBuilder predicate = TupleDomainOrcPredicate.builder();
        file.sought().forEach((name, domain) -> {
            if (inFile.containsKey(name)) {
                predicate.addColumn(inFile.get(name).getColumnId(), domain);
            }
        });
        return reader.createRecordReader(
                columns,
                types,
                Collections.nCopies(columns.size(), fullyProjectedLayout()),
                file.positions(),
                predicate.build(),
                file.start(),
                file.length(),
                UTC,
                context,
                INITIAL_BATCH_SIZE,
                thrown -> ReadErrors.ofFile(file.inWords(), thrown),
                NameBasedFieldMapper::create);
    }

    private static final class Source extends AbstractOrcDataSource {

        private final TrinoInput input;

        Source(TrinoInputFile file, OrcReaderOptions options) throws IOException {
            super(new OrcDataSourceId(file.location().toString()), file.length(), options);
            this.input = file.newInput();
        }

        @Override
        protected void readInternal(long position, byte[] buffer, int bufferOffset, int bufferLength)
                throws IOException {
            input.readFully(position, buffer, bufferOffset, bufferLength);
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
