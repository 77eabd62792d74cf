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

import io.trino.filesystem.TrinoInputFile;
import io.trino.spi.predicate.Domain;
import java.util.List;
import java.util.Map;
import org.apache.paimon.types.DataField;

/**
 * A part of a file to be read by one of Trino's readers.
 *
 * @param table whose file it is, for messages
 * @param start the first byte of the part; what begins in it is read
 * @param columns what to read, each with what the file has for it
 * @param sought what is known of rows sought, by the file's own column names
 * @param positions whether to add the rows' positions in the file, as the last channel
 */
record DataFile(
        String table,
        TrinoInputFile file,
        long start,
        long length,
        List<Column> columns,
        Map<String, Domain> sought,
        boolean positions) {

    /** @param wanted of the table, perhaps with some of its fields alone */
    record Column(DataField wanted, DataField inFile) {}

    DataFile {
        requireNonNull(table, "table is null");
        requireNonNull(file, "file is null");
        columns = List.copyOf(columns);
        sought = Map.copyOf(sought);
    }

    String path() {
        return file.location().toString();
    }

    /** To follow "file" in a message. */
    String inWords() {
        return path() + " of table " + table;
    }
}
