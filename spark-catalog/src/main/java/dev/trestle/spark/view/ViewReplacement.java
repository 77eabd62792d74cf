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

import dev.trestle.spark.CatalogException;
import java.util.UUID;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.view.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a view anew, with other columns. The new one is made under a name of its own, which the service may refuse while the
 * old one is there; then it gets the other's name. Between drop and rename there is none for a moment.
 */
final class ViewReplacement {

    private static final Logger LOG = LoggerFactory.getLogger(ViewReplacement.class);

    private final Catalog catalog;
    private final Identifier name;
    private final Identifier made;
    private final View before;
    private final View after;

    ViewReplacement(Catalog catalog, Identifier name, View before, View after) {
        this.catalog = catalog;
        this.name = name;
        this.made = Identifier.create(
                name.getDatabaseName(),
                name.getObjectName()
                        + "__replacement_"
                        + UUID.randomUUID().toString().substring(0, 8));
        this.before = before;
        this.after = after;
    }

    /**
     * Replaces the view, or leaves it as it is.
     *
     * @throws CatalogException where it is unknown whether it is still there, with both queries and what to do
     */
    void run() throws Exception {
        try {
            catalog.createView(made, after, false);
        } catch (Exception e) {
            forgetMade();
            throw e;
        }
        try {
            catalog.dropView(name, true);
        } catch (Exception e) {
            if (isNamed(before)) {
                forgetMade();
                throw e;
            }
            throw unfinished(e);
        }
        try {
            catalog.renameView(made, name, false);
        } catch (Exception e) {
            if (!isNamed(after)) {
                throw unfinished(e);
            }
        }
    }

    private void forgetMade() {
        try {
            catalog.dropView(made, true);
        } catch (Exception e) {
            LOG.warn("Could not drop view {}, which a failed statement may have made", made.getFullName(), e);
        }
    }

    /** False where nobody answers, too. */
    private boolean isNamed(View view) {
        try {
            View now = catalog.getView(name);
            return now.query().equals(view.query()) && now.rowType().equals(view.rowType());
        } catch (Exception e) {
            LOG.warn("Could not look at view {}", name.getFullName(), e);
            return false;
        }
    }

    private CatalogException unfinished(Exception cause) {
        return new CatalogException(
                "View " + name.getFullName() + " is not replaced, and may be gone. What was to take its place is view "
                        + made.getFullName() + ": look whether " + name.getFullName()
                        + " is still there, drop it if so, and ALTER VIEW " + made.getFullName() + " RENAME TO "
                        + name.getFullName() + "; or create it as it was, with the query: " + before.query() + ". "
                        + cause.getMessage(),
                cause);
    }
}
