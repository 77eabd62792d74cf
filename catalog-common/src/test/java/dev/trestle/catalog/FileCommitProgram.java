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
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;

/** Commits rows to {@code db.t}, one each: from where, and how many, is said by the arguments; options are key=value. */
final class FileCommitProgram {

    private FileCommitProgram() {}

    /** @param arguments the first key, the number of rows, and options */
    public static void main(String[] arguments) throws Exception {
        int first = Integer.parseInt(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            options.put(option[0], option[1]);
        }
        try (Catalog catalog = RestCatalog.open(options)) {
            commit(catalog.getTable(Identifier.create("db", "t")), first, rows);
        }
    }

    static void commit(Table table, int first, int rows) throws Exception {
        for (int i = 0; i < rows; i++) {
            Rows.write(table, Rows.row(first + i, "x"));
        }
    }
}
