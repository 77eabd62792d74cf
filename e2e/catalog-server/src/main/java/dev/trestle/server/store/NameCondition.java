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
package dev.trestle.server.store;

import org.jdbi.v3.core.statement.Query;

/**
 * A {@link NameFilter} as SQL. {@code LIKE} is not used: it folds case in SQLite, and gives {@code _} a meaning that
 * names with underscores do not want.
 */
record NameCondition(String sql, String parameter, NameFilter filter) {

    static NameCondition of(String column, String parameter, NameFilter filter) {
        String sql = "";
        if (filter instanceof NameFilter.Exactly) {
            sql = " AND " + column + " = :" + parameter + "Filter";
        } else if (filter instanceof NameFilter.StartsWith) {
            // The first half lets an index find where the names begin.
            sql = " AND " + column + " >= :" + parameter + "Filter AND substr(" + column + ", 1, length(:" + parameter
                    + "Filter)) = :" + parameter + "Filter";
        }
        return new NameCondition(sql, parameter, filter);
    }

    Query bindTo(Query query) {
        if (filter instanceof NameFilter.Exactly exactly) {
            return query.bind(parameter + "Filter", exactly.name());
        }
        if (filter instanceof NameFilter.StartsWith startsWith) {
            return query.bind(parameter + "Filter", startsWith.prefix());
        }
        return query;
    }
}
