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
package dev.trestle.e2e.quickstart;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.server.CallCounts;
import dev.trestle.e2e.server.CatalogServerProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs statements in a session of Trino's driver and shows each: its text, its rows, its time, its REST calls. */
final class TrinoShell {

    private static final String PROMPT = "trino";
    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(2);

    private final Connection session;
    private final CatalogServerProcess server;
    private final Transcript transcript;

    TrinoShell(Connection session, CatalogServerProcess server, Transcript transcript) {
        this.session = requireNonNull(session, "session is null");
        this.server = requireNonNull(server, "server is null");
        this.transcript = requireNonNull(transcript, "transcript is null");
    }

    /**
     * Runs a statement to its end, shown with its rows.
     *
     * @return the rows, none for a statement that has no result
     */
    List<List<Object>> run(String sql) {
        transcript.statement(PROMPT, sql);
        CallCounts before = server.fetchCallCounts();
        long start = System.nanoTime();
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = session.createStatement()) {
            statement.setQueryTimeout((int) STATEMENT_LIMIT.toSeconds());
            if (statement.execute(sql)) {
                show(statement.getResultSet(), rows);
            }
        } catch (SQLException e) {
            throw new CheckFailedException("Trino refused the statement: " + e.getMessage());
        }
        transcript.cost(
                Duration.ofNanos(System.nanoTime() - start),
                server.fetchCallCounts().since(before));
        return rows;
    }

    private void show(ResultSet result, List<List<Object>> rows) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            columns.add(result.getMetaData().getColumnLabel(i));
        }
        while (result.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(result.getObject(i));
            }
            rows.add(row);
        }
        transcript.table(columns, rows);
    }
}
