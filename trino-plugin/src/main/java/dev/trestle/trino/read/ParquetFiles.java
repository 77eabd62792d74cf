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

import static io.trino.parquet.ParquetTypeUtils.getColumnIO;
import static io.trino.parquet.ParquetTypeUtils.getDescriptors;
import static io.trino.parquet.predicate.PredicateUtils.buildPredicate;
import static io.trino.parquet.predicate.PredicateUtils.getFilteredRowGroups;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.joda.time.DateTimeZone.UTC;

import io.airlift.slice.Slice;
import io.airlift.units.DataSize;
import io.trino.filesystem.TrinoInput;
import io.trino.filesystem.TrinoInputFile;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.parquet.AbstractParquetDataSource;
import io.trino.parquet.Column;
import io.trino.parquet.ParquetDataSource;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.cache.MemoryParquetFooterCache;
import io.trino.parquet.cache.ParquetFooterCache;
import io.trino.parquet.cache.ParquetFooterCacheKey;
import io.trino.parquet.metadata.FileMetadata;
import io.trino.parquet.metadata.ParquetMetadata;
import io.trino.parquet.predicate.TupleDomainParquetPredicate;
import io.trino.parquet.reader.MetadataReader;
import io.trino.parquet.reader.ParquetReader;
import io.trino.parquet.reader.RowGroupInfo;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.schema.MessageType;

/** Opens Parquet files with Trino's reader. Safe for use by many threads. */
final class ParquetFiles extends FileFormat<ParquetDataSource> {

    private static final int MOST_RANGES = 1_000;

    /** A file is read by several splits of a scan, and never changes. */
    private final ParquetFooterCache footers = new MemoryParquetFooterCache(DataSize.of(8, DataSize.Unit.MEGABYTE));

    private final ParquetReaderOptions options;

    ParquetFiles(ParquetReaderOptions options) {
        this.options = requireNonNull(options, "options is null");
    }

    @Override
    ParquetDataSource source(TrinoInputFile file) throws IOException {
        return new Source(file, options);
    }

    @Override
    ConnectorPageSource pages(DataFile file, ParquetDataSource source, AggregatedMemoryContext memory)
            throws IOException {
        return new ParquetPageSource(file.inWords(), reader(file, source, memory));
    }

    private ParquetReader reader(DataFile file, ParquetDataSource source, AggregatedMemoryContext context)
            throws IOException {
        ParquetMetadata metadata = MetadataReader.readFooter(
                source,
                options,
                Optional.empty(),
                Optional.empty(),
                footers,
                new ParquetFooterCacheKey(file.path(), source.getEstimatedSize()));
        FileMetadata fileMetadata = metadata.getFileMetaData();
        MessageType inFile = fileMetadata.getSchema();
        MessageType requested = requested(file, inFile);
        Map<List<String>, ColumnDescriptor> descriptors = getDescriptors(inFile, requested);
        TupleDomain<ColumnDescriptor> sought = sought(file, descriptors);
        TupleDomainParquetPredicate predicate = buildPredicate(requested, sought, descriptors, UTC);
        List<RowGroupInfo> rowGroups = getFilteredRowGroups(
                file.start(),
                file.length(),
                source,
                metadata,
                List.of(sought),
                List.of(predicate),
                descriptors,
                UTC,
                MOST_RANGES,
                options);
        return new ParquetReader(
                Optional.ofNullable(fileMetadata.getCreatedBy()),
                columns(file, getColumnIO(inFile, requested)),
                file.positions(),
                rowGroups,
                source,
                UTC,
                context,
                options,
                thrown -> ReadErrors.ofFile(file.inWords(), thrown),
                Optional.empty(),
                Optional.empty(),
                metadata.getDecryptionContext());
    }

    /** Trino's reader knows the columns of a file in lower case. */
    private static String folded(String name) {
        return name.toLowerCase(ENGLISH);
    }

    private static MessageType requested(DataFile file, MessageType inFile) {
        Map<String, org.apache.parquet.schema.Type> requested = new HashMap<>();
        for (DataFile.Column column : file.columns()) {
            String name = folded(column.inFile().name());
            requested.put(name, inFile.getType(name));
        }
        for (String name : file.sought().keySet()) {
            if (inFile.containsField(folded(name))) {
                requested.put(folded(name), inFile.getType(folded(name)));
            }
        }
        return new MessageType(inFile.getName(), List.copyOf(requested.values()));
    }

    private static TupleDomain<ColumnDescriptor> sought(
            DataFile file, Map<List<String>, ColumnDescriptor> descriptors) {
        Map<ColumnDescriptor, Domain> sought = new HashMap<>();
        file.sought().forEach((name, domain) -> {
            ColumnDescriptor descriptor = descriptors.get(List.of(folded(name)));
            if (descriptor != null) {
                sought.put(descriptor, domain);
            }
        });
        return TupleDomain.withColumnDomains(sought);
    }

    private static List<Column> columns(DataFile file, MessageColumnIO inFile) {
        List<Column> columns = new ArrayList<>();
        for (DataFile.Column column : file.columns()) {
            String name = folded(column.inFile().name());
            columns.add(new Column(
                    name,
                    ParquetFields.field(column.wanted().type(), column.inFile().type(), inFile.getChild(name))));
        }
        return columns;
    }

    private static final class Source extends AbstractParquetDataSource {

        private final String path;
        private final TrinoInput input;

        Source(TrinoInputFile file, ParquetReaderOptions options) throws IOException {
            super(new ParquetDataSourceId(file.location().toString()), file.length(), options);
            this.path = file.location().toString();
            this.input = file.newInput();
        }

        @Override
        protected Slice readTailInternal(int length) throws IOException {
            return input.readTail(length);
        }

        /** Called when a column is asked for too, where an {@link IOException} would pass by Trino's reader as it is. */
        @Override
        protected void readInternal(long position, byte[] buffer, int bufferOffset, int bufferLength) {
            try {
                input.readFully(position, buffer, bufferOffset, bufferLength);
            } catch (IOException e) {
                throw ReadErrors.ofFile(path, e);
            }
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
