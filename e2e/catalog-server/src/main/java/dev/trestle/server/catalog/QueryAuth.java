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
package dev.trestle.server.catalog;

import dev.trestle.server.store.QueryAuthRows;
import dev.trestle.server.store.Store;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.utils.JsonSerdeUtil;

/**
 * What users may read of tables. Rules are set from Java only, for development and tests: no call of the REST API has
 * them as its subject. Clients ask for them where the table has the option {@code query-auth.enabled}, and a branch has
 * those of its table.
 */
public final class QueryAuth {

    private static final String EVERYBODY_ELSE = "";

    private final Store store;

    QueryAuth(Store store) {
        this.store = store;
    }

    /** The rules for a user: the user's own, or else those for everybody, or else none. */
    public QueryRules of(Identifier table, String user) {
        return store.read(handle -> {
            String id = TableLocator.row(handle, table).id();
            Optional<QueryAuthRows.Row> row =
                    QueryAuthRows.find(handle, id, user).or(() -> QueryAuthRows.find(handle, id, EVERYBODY_ELSE));
            return row.map(QueryAuth::rules).orElse(QueryRules.NONE);
        });
    }

    /** Sets the rules for everybody who has none of their own. */
    public void set(Identifier table, QueryRules rules) {
        set(table, EVERYBODY_ELSE, rules);
    }

    /** Sets a user's own rules; {@link QueryRules#NONE} lets that user read all. */
    public void set(Identifier table, String user, QueryRules rules) {
        QueryAuthRows.Row row = new QueryAuthRows.Row(
                JsonSerdeUtil.toFlatJson(rules.filters()), JsonSerdeUtil.toFlatJson(rules.masks()));
        store.run(handle ->
                QueryAuthRows.put(handle, TableLocator.row(handle, table).id(), user, row));
    }

    /** Removes all rules of a table. */
    public void clear(Identifier table) {
        store.run(handle ->
                QueryAuthRows.clear(handle, TableLocator.row(handle, table).id()));
    }

    private static QueryRules rules(QueryAuthRows.Row row) {
        return new QueryRules(
                List.of(JsonSerdeUtil.fromJson(row.filters(), String[].class)),
                JsonSerdeUtil.parseJsonMap(row.masks(), String.class));
    }
}
