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
package dev.trestle.catalog.queryauth;

import static java.util.Objects.requireNonNull;

import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.DelegateCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;

/**
 * A catalog for an operation that stores what it reads or copies files, such as a procedure that sorts a table anew: it
 * opens a restricted table for those only who may read all of it, and for them without any detour.
 */
public final class RewritingCatalog extends DelegateCatalog {

    private final String operation;

    /**
     * The same catalog for an operation.
     *
     * @param operation how the user calls it, such as {@code CALL sys.rescale}
     */
    public RewritingCatalog(Catalog catalog, String operation) {
        super(catalog);
        this.operation = requireNonNull(operation, "operation is null");
    }

    @Override
    public CatalogLoader catalogLoader() {
        return wrapped.catalogLoader();
    }

    /** @throws QueryAuthException if the service restricts what may be read of the table */
    @Override
    public Table getTable(Identifier identifier) throws TableNotExistException {
        Table table = wrapped.getTable(identifier);
        if (table instanceof AuthorizedTable restricted) {
            restricted.requireEverythingReadable(operation);
            return restricted.forWriting();
        }
        return table;
    }
}
