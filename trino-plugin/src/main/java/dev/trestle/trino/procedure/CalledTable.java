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
package dev.trestle.trino.procedure;

import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.trino.TrestleTableHandle;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** The table that a procedure was called for. */
record CalledTable(RestCatalog catalog, TrestleTableHandle handle, Table opened) {

    CalledTable {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(handle, "handle is null");
        requireNonNull(opened, "opened is null");
    }

    /** As the statement names it. */
    SchemaTableName name() {
        return handle.name();
    }

    /** As the service names it. */
    Identifier identifier() {
        return handle.identifier();
    }

    /** The table as it is stored; it is never read for giving out rows. */
    FileStoreTable stored() {
        if (opened instanceof AuthorizedTable restricted) {
            return restricted.forWriting();
        }
        if (opened instanceof FileStoreTable stored) {
            return stored;
        }
        throw new TrinoException(
                NOT_SUPPORTED,
                "Table " + name() + " cannot be maintained: it is a system table or keeps plain files, and neither has"
                        + " snapshots");
    }

    /**
     * As {@link #stored}, for changing its files.
     *
     * @throws dev.trestle.catalog.api.UnsupportedByServiceException if these may only be read, before any is changed
     */
    FileStoreTable writable() {
        FileStoreTable stored = stored();
        RestCatalog.requireWritable(stored);
        return stored;
    }

    /** What the procedures of all engines take. */
    dev.trestle.catalog.procedure.CalledTable common() {
        return new dev.trestle.catalog.procedure.CalledTable(catalog, identifier(), name().toString(), stored());
    }

    /** The refusal of an argument. */
    static TrinoException wrong(String message, Throwable cause) {
        return new TrinoException(INVALID_PROCEDURE_ARGUMENT, message, cause);
    }

    /** The refusal of an argument. */
    static TrinoException wrong(String message) {
        return new TrinoException(INVALID_PROCEDURE_ARGUMENT, message);
    }
}
