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

import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.tpch.TpchQuery;
import dev.trestle.e2e.tpch.TpchRows;
import dev.trestle.e2e.tpch.TpchTable;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.StatementResult;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The statements that the quickstart shows on Flink, in order, each with what must come of it. */
final class FlinkPart {

    private final CatalogServerProcess server;
    private final TpchRows rows;
    private final SqlShell batch;
    private final SqlShell streaming;
    private final Transcript transcript;

    FlinkPart(CatalogServerProcess server, TpchRows rows, SqlShell batch, SqlShell streaming, Transcript transcript) {
        this.server = requireNonNull(server, "server is null");
        this.rows = requireNonNull(rows, "rows is null");
        this.batch = requireNonNull(batch, "batch is null");
        this.streaming = requireNonNull(streaming, "streaming is null");
        this.transcript = requireNonNull(transcript, "transcript is null");
    }

    void run() {
        createCatalog();
        loadTables();
        runQueries();
        alterAndTravelInTime();
        readAStream();
    }

    /** The statement with which anybody else's client gets at the same catalog. */
    static String createCatalog(CatalogServerProcess server) {
        return """
                CREATE CATALOG lake WITH (
                  'type' = 'trestle',
                  'uri' = '%s',
                  'warehouse' = '%s',
                  'token.provider' = 'bear',
                  'token' = '${file:%s}'
                )"""
                .formatted(server.uri(), server.warehouse(), server.tokenFile());
    }

    private void createCatalog() {
        transcript.heading("Flink: a catalog behind a REST service");
        batch.run(createCatalog(server));
        batch.run("USE CATALOG lake");
        batch.run("CREATE DATABASE tpch COMMENT 'the TPC-H benchmark'");
        batch.run("USE tpch");
    }

    private void loadTables() {
        transcript.heading("Flink: tables with a primary key, a table to append to, and their rows");
        for (TpchTable table : TpchTable.values()) {
            batch.run(createTable(table));
        }
        for (TpchTable table : TpchTable.values()) {
            batch.runQuietly(createSource(table));
            batch.run("INSERT INTO " + table.sqlName() + " SELECT * FROM " + source(table));
        }
        batch.run("SHOW TABLES");
    }

    private static String createTable(TpchTable table) {
        String columns = table.columns().replace("\n", "\n  ");
        return table.primaryKey()
                .map(key -> "CREATE TABLE %s (\n  %s,\n  PRIMARY KEY (%s) NOT ENFORCED\n) WITH ('bucket' = '1')"
                        .formatted(table.sqlName(), columns, key))
                .orElseGet(() -> "CREATE TABLE %s (\n  %s\n)".formatted(table.sqlName(), columns));
    }

    /** A table of Flink's own over the generated rows. */
    private String createSource(TpchTable table) {
        return """
                CREATE TEMPORARY TABLE %s (%s) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv',
                  'csv.field-delimiter' = '|', 'csv.disable-quote-character' = 'true')"""
                .formatted(source(table), table.columns(), rows.file(table).toUri());
    }

    private static String source(TpchTable table) {
        return "default_catalog.default_database.generated_" + table.sqlName();
    }

    private void runQueries() {
        transcript.heading("Flink: three queries of TPC-H, checked against what DuckDB answers over the same rows");
        for (TpchQuery query : List.of(TpchQuery.Q1, TpchQuery.Q3, TpchQuery.Q5)) {
            StatementResult result = batch.run(query.sql());
            Optional<String> difference = query.expectedRows()
                    .differenceTo(result.rows().stream().map(Row::values).toList());
            if (difference.isPresent()) {
                throw new CheckFailedException(
                        query + " (" + query.title() + ") differs from DuckDB's answer: " + difference.get());
            }
            transcript.line("  " + query + ", " + query.title() + ": the same as DuckDB's, to the last digit");
        }
    }

    private void alterAndTravelInTime() {
        transcript.heading("Flink: alter a table, change rows, look back");
        LocalDateTime loaded = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
        batch.run("ALTER TABLE customer ADD (c_tier STRING COMMENT 'gold or nothing' AFTER c_name)");
        batch.run("UPDATE customer SET c_tier = 'gold', c_acctbal = c_acctbal + 100 WHERE c_custkey <= 3");
        batch.run("DELETE FROM customer WHERE c_custkey > 10");
        String totals = "SELECT COUNT(*) AS customers, SUM(c_acctbal) AS balance FROM customer";
        StatementResult now = batch.run(totals);
        check("customers left", "10", now.rows().get(0).values().get(0));
        batch.run("SELECT c_custkey, c_name, c_tier, c_acctbal FROM customer WHERE c_custkey <= 4 ORDER BY c_custkey");
        batch.run("SELECT snapshot_id, schema_id, commit_kind FROM customer$snapshots");
        StatementResult byTime = batch.run(totals + " FOR SYSTEM_TIME AS OF TIMESTAMP '"
                + loaded.toString().replace('T', ' ') + "'");
        StatementResult byId = batch.run(totals + " /*+ OPTIONS('scan.snapshot-id' = '1') */");
        check(
                "customers at the time of loading",
                "1500",
                byTime.rows().get(0).values().get(0));
        check(
                "the first snapshot",
                byTime.rows().get(0).values().toString(),
                byId.rows().get(0).values());
    }

    private void readAStream() {
        transcript.heading("Flink: a query that follows a table");
        batch.run(
                """
                CREATE TABLE parcels (id BIGINT, status STRING, PRIMARY KEY (id) NOT ENFORCED)
                WITH ('bucket' = '1', 'changelog-producer' = 'lookup')""");
        batch.run("INSERT INTO parcels VALUES (1, 'packed'), (2, 'packed')");
        streaming.runQuietly(createCatalog(server));
        try (SqlShell.Stream parcels = streaming.stream(
                "SELECT * FROM lake.tpch.parcels /*+ OPTIONS('continuous.discovery-interval' = '500 ms') */")) {
            check("rows at first", "2", parcels.take(2).size());
            batch.run("INSERT INTO parcels VALUES (2, 'on its way'), (3, 'packed')");
            List<Row> changes = parcels.take(3);
            check(
                    "changes",
                    "[+I, +U, -U]",
                    changes.stream().map(row -> row.kind().sign()).sorted().toList());
        }
    }

    private static void check(String what, String expected, Object answered) {
        if (!expected.equals(String.valueOf(answered))) {
            throw new CheckFailedException(what + ": " + expected + " is expected, " + answered + " came");
        }
    }
}
