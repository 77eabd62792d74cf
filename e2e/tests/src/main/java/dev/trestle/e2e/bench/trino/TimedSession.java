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
package dev.trestle.e2e.bench.trino;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.bench.tpch.Execution;
import dev.trestle.e2e.server.CatalogServerProcess;
import io.trino.jdbc.QueryStats;
import io.trino.jdbc.TrinoStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A session of Trino's driver that says what a statement took. */
final class TimedSession {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Connection connection;
    private final CatalogServerProcess server;

    TimedSession(Connection connection, CatalogServerProcess server) {
        this.connection = requireNonNull(connection, "connection is null");
        this.server = requireNonNull(server, "server is null");
    }

    void use(Side side) throws SQLException {
        connection.setCatalog(side.catalog());
        connection.setSchema(side.schema());
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) LIMIT.toSeconds());
            statement.execute(sql);
        }
    }

    Execution measure(String sql) throws SQLException {
        long callsBefore = server.fetchCallCounts().total();
        AtomicReference<QueryStats> query = new AtomicReference<>();
        List<String> rows = new ArrayList<>();
        long nanos;
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) LIMIT.toSeconds());
            statement.unwrap(TrinoStatement.class).setProgressMonitor(query::set);
            long start = System.nanoTime();
            if (statement.execute(sql)) {
                read(statement.getResultSet(), rows);
            }
            nanos = System.nanoTime() - start;
        }
        long calls = server.fetchCallCounts().total() - callsBefore;
        return new Execution(
                nanos,
                query.get().getCpuTimeMillis(),
                planningMillis(query.get().getQueryId()),
                calls,
                rows);
    }

    private static void read(ResultSet result, List<String> rows) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(String.join("|", row));
        }
    }

    private long planningMillis(String query) throws SQLException {
        String sql = "SELECT analysis_time_ms + planning_time_ms FROM system.runtime.queries WHERE query_id = '" + query
                + "'";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}
