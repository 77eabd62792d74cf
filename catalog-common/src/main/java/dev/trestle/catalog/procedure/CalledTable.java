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
import dev.trestle.catalog.table.SnapshotChoice;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/**
 * The table that a procedure was called for.
 *
 * @param name as the statement has it, for messages
 * @param opened the table as a query would read it
 */
public record CalledTable(Catalog catalog, Identifier identifier, String name, FileStoreTable opened) {

    /** Checks that all parts are there. */
    public CalledTable {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(name, "name is null");
        requireNonNull(opened, "opened is null");
    }

    /**
     * Loads the table.
     *
     * @throws WrongArgumentException if it has no snapshots: a view, a system table, or one of plain files
     */
    public static CalledTable load(Catalog catalog, Identifier identifier, String name)
            throws Catalog.TableNotExistException {
        if (find(catalog, identifier, name) instanceof FileStoreTable opened) {
            return new CalledTable(catalog, identifier, name, SnapshotChoice.none(opened));
        }
        throw new WrongArgumentException("Table " + name
                + " cannot be maintained: it is a system table or keeps plain files, and neither has snapshots");
    }

    private static Table find(Catalog catalog, Identifier identifier, String name)
            throws Catalog.TableNotExistException {
        try {
            return catalog.getTable(identifier);
        } catch (Catalog.TableNotExistException e) {
            if (isView(catalog, identifier)) {
                // Not because of that: engines would say that there is no such table.
                throw new WrongArgumentException(
                        name + " is a view, which keeps no rows: name a table that its query reads");
            }
            throw e;
        }
    }

    /** False where it is not known: the table is not there in either case. */
    private static boolean isView(Catalog catalog, Identifier identifier) {
        try {
            return catalog.getView(identifier) != null;
        } catch (Catalog.ViewNotExistException | RuntimeException e) {
            return false;
        }
    }

    /** The table as it is stored: it is never read for giving out rows. */
    public FileStoreTable stored() {
        return opened instanceof AuthorizedTable restricted ? restricted.forWriting() : opened;
    }

    /**
     * Refuses what would store what it reads, where that is not all.
     *
     * @param operation such as {@code ANALYZE}
     * @throws dev.trestle.catalog.queryauth.QueryAuthException if the service hides rows or masks columns of the table
     */
    public void requireEverythingReadable(String operation) {
        if (opened instanceof AuthorizedTable restricted) {
            restricted.requireEverythingReadable(operation);
        }
    }

    /**
     * As {@link #stored}, for changing its files.
     *
     * @throws dev.trestle.catalog.api.UnsupportedByServiceException if these may only be read, before any is changed
     */
    public FileStoreTable writable() {
        FileStoreTable stored = stored();
        ReadOnlyFileIO.requireWritable(stored.fileIO());
        return stored;
    }
}
