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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.Session;
import io.trino.testing.QueryRunner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;

/** Statements in a schema of one test class. */
public final class Sql {

    private final TrestleQueryRunner runner;
    private final QueryRunner trino;
    private final Session session;

    private Sql(TrestleQueryRunner runner, Session session) {
        this.runner = runner;
        this.trino = runner.trino();
        this.session = session;
    }

    /** Creates the schema if it is not there. */
    public static Sql in(TrestleQueryRunner runner, String schema) {
        return in(runner, TrestleQueryRunner.CATALOG, schema);
    }

    /** As {@link #in(TrestleQueryRunner, String)}, in a catalog of one's own. */
    static Sql in(TrestleQueryRunner runner, String catalog, String schema) {
        runner.trino().execute("CREATE SCHEMA IF NOT EXISTS " + catalog + ".\"" + schema + "\"");
        return new Sql(
                runner,
                Session.builder(runner.trino().getDefaultSession())
                        .setCatalog(catalog)
                        .setSchema(schema)
                        .build());
    }

    /** Runs a statement; its rows. */
    public List<List<Object>> rows(String sql) {
        return trino.execute(session, sql).getMaterializedRows().stream()
                .map(row -> row.getFields())
                .toList();
    }

    public void run(String sql) {
        trino.execute(session, sql);
    }

    /** The only value of the only row. */
    public Object value(String sql) {
        return trino.execute(session, sql).getOnlyValue();
    }

    /** What a statement that must fail says. */
    public AbstractThrowableAssert<?, ? extends Throwable> failure(String sql) {
        return assertThatThrownBy(() -> trino.execute(session, sql));
    }

    /** The REST calls of a statement, by operation. */
    public Map<String, Long> calls(String sql) {
        runner.server().server().resetCallCounts();
        trino.execute(session, sql);
        return new TreeMap<>(runner.server().server().callCounts());
    }
}
