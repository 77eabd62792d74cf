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
package dev.trestle.e2e.tpch;

import static java.util.Objects.requireNonNull;

import io.trino.tpch.TpchEntity;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The generated rows of the tables, a file each: fields in order, {@code |} between them, nothing quoted, no header. The same
 * scale gives the same rows always.
 *
 * @param scale 1 for a gigabyte of raw rows
 */
public record TpchRows(Path directory, double scale) {

    /** The scale of the quickstart: 60,175 line items. */
    public static final double QUICKSTART_SCALE = 0.01;

    public TpchRows {
        requireNonNull(directory, "directory is null");
    }

    /** Where a table's rows are. */
    public Path file(TpchTable table) {
        return directory.resolve(table.sqlName() + ".csv");
    }

    /** Generates the rows of all tables into the directory named first, by the scale named second. */
    public static void main(String[] args) {
        new TpchRows(Path.of(args[0]), Double.parseDouble(args[1])).generate();
    }

    /** Generates the rows of all tables. For that, the generator takes some 700 MB of heap, and keeps half of it. */
    public TpchRows generate() {
        try {
            Files.createDirectories(directory);
            for (TpchTable table : TpchTable.values()) {
                write(io.trino.tpch.TpchTable.getTable(table.sqlName()), scale, file(table));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the rows of TPC-H to " + directory, e);
        }
    }

    /** Generates the rows of one of all eight tables into a file. */
    public static void write(io.trino.tpch.TpchTable<?> table, double scale, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (TpchEntity row : table.createGenerator(scale, 1, 1)) {
                String line = row.toLine();
                writer.write(line, 0, line.length() - 1);
                writer.write('\n');
            }
        }
    }
}
