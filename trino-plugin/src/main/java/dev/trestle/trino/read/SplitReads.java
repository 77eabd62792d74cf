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

import com.google.inject.Inject;
import dev.trestle.trino.TrestleColumnHandle;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.TupleDomain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.DeletionFile;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;

/** Chooses how the files of a split are read. Safe for use by many threads. */
final class SplitReads {

    private final NativeReads nativeReads;

    @Inject
    SplitReads(NativeReads nativeReads) {
        this.nativeReads = requireNonNull(nativeReads, "nativeReads is null");
    }

    /** @param part which part of the split to read */
    ConnectorPageSource open(
            Table table,
            Split split,
            TrestleSplit part,
            ReadColumns columns,
            TupleDomain<TrestleColumnHandle> sought,
            MemoryContext memory)
            throws IOException {
        if (table instanceof FileStoreTable stored
                && split instanceof DataSplit data
                && NativeReads.areAllowed(stored)) {
            Optional<List<RawFile>> files = data.convertToRawFiles();
            if (files.isPresent()) {
                return new ConcatPageSource(files(stored, data, files.get(), part, columns, sought, memory));
            }
        }
        return rows(table, split, columns, sought, memory);
    }

    private List<Supplier<ConnectorPageSource>> files(
            FileStoreTable table,
            DataSplit split,
            List<RawFile> files,
            TrestleSplit part,
            ReadColumns columns,
            TupleDomain<TrestleColumnHandle> sought,
            MemoryContext memory) {
        List<Supplier<ConnectorPageSource>> sources = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            DataFileMeta meta = split.dataFiles().get(i);
            NativeReads.Part filePart = new NativeReads.Part(
                    files.get(i), deletion(split, i), split.partition(), part.start(), part.length());
            sources.add(() -> {
                try {
                    Optional<ConnectorPageSource> pages = meta.writeCols() == null
                            ? nativeReads.open(table, filePart, columns, sought, memory)
                            : Optional.empty();
                    return pages.isPresent() ? pages.get() : rowsOf(table, split, meta, part, columns, sought, memory);
                } catch (IOException | RuntimeException e) {
                    throw ReadErrors.ofFile(filePart.file().path() + " of table " + table.fullName(), e);
                }
            });
        }
        return sources;
    }

    private static Optional<DeletionFile> deletion(DataSplit split, int file) {
        return split.deletionFiles().map(files -> files.get(file));
    }

    /** One file by Paimon's reader, which reads all of it for its first part. */
    private static ConnectorPageSource rowsOf(
            Table table,
            DataSplit split,
            DataFileMeta file,
            TrestleSplit part,
            ReadColumns columns,
            TupleDomain<TrestleColumnHandle> sought,
            MemoryContext memory)
            throws IOException {
        if (part.start() > 0) {
            return new EmptyPageSource();
        }
        DataSplit only = split.filterDataFile(each -> each.fileName().equals(file.fileName()))
                .orElseThrow();
        return rows(table, only, columns, sought, memory);
    }

    private static ConnectorPageSource rows(
            Table table,
            Split split,
            ReadColumns columns,
            TupleDomain<TrestleColumnHandle> sought,
            MemoryContext memory)
            throws IOException {
        ReadBuilder read = table.newReadBuilder().withReadType(columns.type());
        new PaimonPredicates(table).of(sought).ifPresent(read::withFilter);
        String source =
                "table " + table.fullName() + (split instanceof DataSplit data ? " in " + data.bucketPath() : "");
        ConnectorPageSource rows =
                new RowPageSource(source, read.newRead().createReader(split), columns.type(), memory);
        if (columns.isIdentity()) {
            return rows;
        }
        List<OutputPageSource.Column> outputs = new ArrayList<>();
        columns.outputs()
                .forEach(output -> outputs.add(new OutputPageSource.Column.Read(output.column(), output.path())));
        return new OutputPageSource(rows, UnaryOperator.identity(), outputs);
    }
}
