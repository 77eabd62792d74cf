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
package dev.trestle.flink;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogView;

/**
 * A view that another engine made. It can be described and dropped; to read it, its plain query must be one that Flink
 * understands.
 *
 * @param name the view's name, for the refusal
 * @param comment null if there is none
 * @param query the plain query, in the dialect of whoever made the view
 * @param dialects the names of the dialects that the view has
 */
record ForeignView(
        String name,
        Schema schema,
        String comment,
        Map<String, String> options,
        String query,
        List<String> dialects,
        FlinkSyntax syntax)
        implements CatalogView {

    @Override
    public Schema getUnresolvedSchema() {
        return schema;
    }

    @Override
    public Map<String, String> getOptions() {
        return options;
    }

    @Override
    public String getComment() {
        return comment;
    }

    @Override
    public CatalogBaseTable copy() {
        return this;
    }

    @Override
    public Optional<String> getDescription() {
        return Optional.ofNullable(comment);
    }

    @Override
    public Optional<String> getDetailedDescription() {
        return getDescription();
    }

    @Override
    public String getOriginalQuery() {
        return query;
    }

    /**
     * The query, asked for when the view is read.
     *
     * @throws ValidationException if it is not Flink's SQL
     */
    @Override
    public String getExpandedQuery() {
        Optional<String> problem = syntax.problem(query);
        if (problem.isPresent()) {
            throw new ValidationException("View " + name + " cannot be read: it has no query in the dialect '"
                    + Views.DIALECT + "', only in " + (dialects.isEmpty() ? "its plain form" : names())
                    + ", and its plain query is not Flink SQL: " + problem.get()
                    + " Add a query for Flink: ALTER VIEW " + name + " AS SELECT … The plain query is: " + query);
        }
        return query;
    }

    private String names() {
        return "'" + String.join("', '", dialects) + "'";
    }
}
