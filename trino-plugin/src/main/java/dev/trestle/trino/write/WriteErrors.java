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
package dev.trestle.trino.write;

import static io.trino.spi.StandardErrorCode.CONSTRAINT_VIOLATION;

import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import org.apache.paimon.table.FileStoreTable;

/** What Trino is to see when rows cannot be written. */
final class WriteErrors {

    private WriteErrors() {}

    static TrinoException translate(FileStoreTable table, Exception thrown) {
        String message = thrown.getMessage();
        if (message != null && message.startsWith("Cannot write null to non-null column")) {
            return new TrinoException(
                    CONSTRAINT_VIOLATION, "Table " + table.fullName() + " takes no such row: " + message, thrown);
        }
        return TrinoErrors.translate("write table " + table.fullName(), thrown);
    }
}
