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

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.View;

/** A view that another engine made. To read it, its plain query must be one that Spark understands. */
final class ForeignView extends View {

    private final String name;
    private final Set<String> dialects;

    /** @param dialects the names of the dialects that the view has */
    ForeignView(Builder builder, String name, Set<String> dialects) {
        super(builder);
        this.name = name;
        this.dialects = new TreeSet<>(dialects);
    }

    /**
     * The query, asked for when the view is read.
     *
     * @throws UnsupportedOperationException if it is not Spark's SQL
     */
    @Override
    public String queryText() {
        String query = super.queryText();
        Optional<String> problem = problem(query);
        if (problem.isPresent()) {
            throw new UnsupportedOperationException("View " + name + " cannot be read: it has no query in the dialect '"
                    + StoredView.DIALECT + "', only "
                    + (dialects.isEmpty()
                            ? "a plain query"
                            : "in '" + String.join("', '", dialects) + "', and a plain query")
                    + " that is not Spark's SQL (" + problem.get()
                    + "). Add a query for Spark: CREATE OR REPLACE VIEW " + name + " AS SELECT …");
        }
        return query;
    }

    private static Optional<String> problem(String query) {
        try {
            new CatalystSqlParser().parsePlan(query);
            return Optional.empty();
        } catch (Exception e) {
            if (e instanceof ParseException) {
                return Optional.of(e.getMessage().strip().lines().findFirst().orElse("it cannot be parsed"));
            }
            throw e;
        }
    }
}
