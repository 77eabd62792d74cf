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
package dev.trestle.catalog;

import dev.trestle.server.suite.Rows;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.paimon.table.Table;

/** A process that reads a table which came to it serialized, and leaves its rows in a file. */
final class TableReader {

    private TableReader() {}

    /** @param arguments the file with the table, and the one for the rows */
    public static void main(String[] arguments) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(Path.of(arguments[0])))) {
            Files.write(Path.of(arguments[1]), Rows.read((Table) in.readObject()));
        }
    }
}
