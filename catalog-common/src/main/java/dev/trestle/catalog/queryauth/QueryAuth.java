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

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.types.RowType;

/**
 * Asks what may be read of one table, in any process that has a part of the query. Nothing is remembered: a permission
 * may be withdrawn at any moment.
 */
public final class QueryAuth implements Serializable {

    private static final long serialVersionUID = 1L;

    private final CatalogLoader catalog;
    private final Identifier table;
    private final RowType columns;

    /**
     * The asker for a table.
     *
     * @param columns the table's columns as they are now: the names in filters and masks are these, also where an older
     *     snapshot is read in which they were others
     */
    public QueryAuth(CatalogLoader catalog, Identifier table, RowType columns) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.table = requireNonNull(table, "table is null");
        this.columns = requireNonNull(columns, "columns is null");
    }

    /** Whether a table with these options is one whose reads have to be asked for. */
    public static boolean isOn(Map<String, String> options) {
        return Options.fromMap(options).get(CoreOptions.QUERY_AUTH_ENABLED);
    }

    /** The table's name. */
    String table() {
        return table.getFullName();
    }

    RowType columns() {
        return columns;
    }

    QueryAuth of(Identifier branch) {
        return new QueryAuth(catalog, branch, columns);
    }

    Identifier identifier() {
        return table;
    }

    /**
     * Asks the service.
     *
     * @param select the columns that the query needs; empty for all
     * @throws Catalog.TableNoPermissionException if it may read none of it
     */
    public ReadPermission permission(Optional<List<String>> select) {
        try (Catalog opened = catalog.load()) {
            return ReadPermission.of(opened.authTableQuery(table, select.orElse(null)));
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking what may be read of '" + table() + "'", e);
        } catch (Exception e) {
            throw new IllegalStateException("Could not ask what may be read of table '" + table() + "'", e);
        }
    }
}
