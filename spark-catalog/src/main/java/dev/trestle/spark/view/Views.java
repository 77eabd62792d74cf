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
package dev.trestle.spark.view;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.View;

/** Finds, creates, changes and drops views; never a table. */
public final class Views {

    private final Catalog catalog;
    private final StoredView format;

    /** @param catalogName as this Spark calls the catalog */
    public Views(String catalogName, Catalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.format = new StoredView(catalogName);
    }

    /** The names of the views; none where the service keeps no views. */
    public List<String> list(String database) throws Catalog.DatabaseNotExistException {
        try {
            return catalog.listViews(database);
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }

    /** The view of this name, if there is one. */
    public Optional<View> find(Identifier name) {
        try {
            return Optional.of(load(name));
        } catch (Catalog.ViewNotExistException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** The view of this name. */
    public View load(Identifier name) throws Catalog.ViewNotExistException {
        return format.toSpark(name, catalog.getView(name));
    }

    /** Creates a view. */
    public View create(Identifier name, View view)
            throws Catalog.ViewAlreadyExistException, Catalog.DatabaseNotExistException {
        catalog.createView(name, format.toPaimon(name, view), false);
        return view;
    }

    /**
     * Gives a view another query, other columns or other properties.
     *
     * <p>The REST API changes a view's queries and options, not its columns and its plain query. So a view that is Spark's
     * alone is {@linkplain ViewReplacement made anew} for those, and one that other engines have a query of gets another query
     * for Spark only.
     *
     * @throws UnsupportedOperationException if that one has other columns
     */
    public View replace(Identifier name, View view) throws Exception {
        org.apache.paimon.view.View before = catalog.getView(name);
        org.apache.paimon.view.View after = format.toPaimon(name, view);
        boolean sameColumns = ViewChanges.haveSameColumns(before, after);
        if (sameColumns && after.query().equals(StoredView.dialects(before).get(StoredView.DIALECT))) {
            catalog.alterView(name, ViewChanges.ofProperties(before, after), false);
        } else if (Set.of(StoredView.DIALECT)
                .containsAll(StoredView.dialects(before).keySet())) {
            new ViewReplacement(catalog, name, before, after).run();
        } else if (sameColumns) {
            catalog.alterView(name, ViewChanges.ofQuery(before, after), false);
        } else {
            throw new UnsupportedOperationException("The new query of view " + name.getFullName()
                    + " must have the columns that the view has ("
                    + String.join(", ", before.rowType().getFieldNames())
                    + "), since other engines have queries of it ("
                    + String.join(", ", StoredView.dialects(before).keySet())
                    + "). To change the columns, drop the view and create it.");
        }
        return view;
    }

    /** False where there is none. */
    public boolean drop(Identifier name) {
        try {
            catalog.dropView(name, false);
            return true;
        } catch (Catalog.ViewNotExistException e) {
            return false;
        }
    }

    /** Renames a view, also into another database. */
    public void rename(Identifier from, Identifier to)
            throws Catalog.ViewNotExistException, Catalog.ViewAlreadyExistException {
        catalog.renameView(from, to, false);
    }
}
