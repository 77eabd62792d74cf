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
package dev.trestle.catalog.procedure;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.storage.ReadOnlyFileIO;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;

/**
 * The table that a procedure was called for.
 *
 * @param name as the statement has it, for messages
 * @param stored the table as it is stored: it is never read for giving out rows
 */
public record CalledTable(Catalog catalog, Identifier identifier, String name, FileStoreTable stored) {

    /** Checks that all parts are there. */
    public CalledTable {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(name, "name is null");
        requireNonNull(stored, "stored is null");
    }

    /**
     * Loads the table.
     *
     * @throws WrongArgumentException if it has no snapshots: a system table, or one of plain files
     */
    public static CalledTable load(Catalog catalog, Identifier identifier, String name)
            throws Catalog.TableNotExistException {
        org.apache.paimon.table.Table table = catalog.getTable(identifier);
        if (table instanceof AuthorizedTable restricted) {
            return new CalledTable(catalog, identifier, name, restricted.forWriting());
        }
        if (table instanceof FileStoreTable stored) {
            return new CalledTable(catalog, identifier, name, stored);
        }
        throw new WrongArgumentException("Table " + name
                + " cannot be maintained: it is a system table or keeps plain files, and neither has snapshots");
    }

    /**
     * As {@link #stored}, for changing its files.
     *
     * @throws dev.trestle.catalog.api.UnsupportedByServiceException if these may only be read, before any is changed
     */
    public FileStoreTable writable() {
        ReadOnlyFileIO.requireWritable(stored.fileIO());
        return stored;
    }
}
