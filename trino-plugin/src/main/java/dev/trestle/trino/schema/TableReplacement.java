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
package dev.trestle.trino.schema;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.table.Locations;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;

/**
 * A new table that is to take the place of another one. The REST API has no call that replaces a table, so the new one is
 * created under a name of its own, and the old one is dropped only when nothing is left to refuse.
 *
 * @param created what the new table is called until then
 * @param replaced what the old one is called, and the new one in the end
 */
public record TableReplacement(RestCatalog catalog, Identifier created, Identifier replaced) {

    public TableReplacement {
        requireNonNull(catalog, "catalog is null");
        requireNonNull(created, "created is null");
        requireNonNull(replaced, "replaced is null");
    }

    /**
     * The replacement of a table.
     *
     * @param wanted what takes its place
     * @param statement a name that no other statement has
     * @throws TrinoException if the table is a branch or a system table, or its files are where those of the new one are to be
     */
    public static TableReplacement of(RestCatalog catalog, TrestleTableHandle table, Schema wanted, String statement) {
        Identifier replaced = table.identifier();
        table.requireNotSystemTable("replaced");
        if (replaced.getBranchName() != null) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Table " + table.name() + " is a branch, and cannot be replaced: a branch is made of a table."
                            + " Drop it with CALL system.drop_branch, and make it anew with system.create_branch");
        }
        refuseTheSamePlace(table, wanted);
        return new TableReplacement(
                catalog,
                Identifier.create(replaced.getDatabaseName(), replaced.getObjectName() + "__replaced_by_" + statement),
                replaced);
    }

    /** Both are there until the new one is filled, and one of them would read the files of the other. */
    private static void refuseTheSamePlace(TrestleTableHandle table, Schema wanted) {
        String place = wanted.options().get(CoreOptions.PATH.key());
        String taken = table.description().orElseThrow().path();
        if (place != null && Locations.overlap(place, taken)) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Table " + table.name() + " cannot be replaced by one at location " + place
                            + ", which is its own or overlaps it: the new one is filled while the old one is there."
                            + " Give another location or none; or keep the table: ALTER TABLE changes its columns, and"
                            + " INSERT its rows after TRUNCATE TABLE");
        }
    }

    /**
     * Drops the old table, and renames the new one. Where the old one may not be dropped, or another table takes its name
     * meanwhile, the new one is dropped; after other failures it stays under the name that the error tells.
     */
    public void takePlace() {
        TrinoErrors.run(
                "put the new table " + created.getFullName() + ", which is complete, in the place of "
                        + replaced.getFullName(),
                () -> {
                    dropReplaced();
                    rename();
                });
    }

    private void dropReplaced() throws Catalog.TableNotExistException {
        try {
            catalog.dropTable(replaced, true);
        } catch (Catalog.TableNoPermissionException e) {
            catalog.dropTable(created, true);
            throw e;
        }
    }

    private void rename() throws Catalog.TableNotExistException, Catalog.TableAlreadyExistException {
        try {
            catalog.renameTable(created, replaced, false);
        } catch (Catalog.TableAlreadyExistException e) {
            catalog.dropTable(created, true);
            throw e;
        }
    }
}
