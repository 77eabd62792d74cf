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
package dev.trestle.trino.view;

import static io.trino.spi.StandardErrorCode.INVALID_VIEW;

import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Query;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.paimon.view.View;

/** The plain query of a view that another engine wrote: Trino reads it where it is Trino's SQL too. */
final class ForeignQuery {

    private static final SqlParser PARSER = new SqlParser();

    private ForeignQuery() {}

    /** @throws TrinoException naming the dialects that the view has, if Trino cannot read it */
    static void requireReadable(SchemaTableName name, View view) {
        if (StoredView.dialects(view).containsKey(StoredView.DIALECT)) {
            return;
        }
        problem(view.query()).ifPresent(problem -> {
            TreeSet<String> dialects = new TreeSet<>(StoredView.dialects(view).keySet());
            throw new TrinoException(
                    INVALID_VIEW,
                    "View " + name + " cannot be read: it has no query in the dialect '" + StoredView.DIALECT
                            + "', only "
                            + (dialects.isEmpty()
                                    ? "a plain query"
                                    : "in '" + String.join("', '", dialects) + "', and a plain query")
                            + " that is not Trino's SQL (" + problem
                            + "). Add a query for Trino: CREATE OR REPLACE VIEW " + name + " AS SELECT …");
        });
    }

    private static Optional<String> problem(String query) {
        try {
            return PARSER.createStatement(query) instanceof Query ? Optional.empty() : Optional.of("it is not a query");
        } catch (ParsingException e) {
            return Optional.of(e.getMessage());
        }
    }
}
