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

import static io.trino.plugin.tpch.TpchMetadata.TINY_SCHEMA_NAME;
import static io.trino.testing.QueryAssertions.copyTpchTables;

import io.trino.plugin.tpch.TpchPlugin;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingConnectorBehavior;
import io.trino.tpch.TpchTable;
import java.util.Map;

/** What Trino's own suites run on: three nodes, the plugin over an embedded catalog server, and the rows of TPC-H. */
final class ConformanceRunner {

    private static final int NODES = 3;

    private ConformanceRunner() {}

    static TrestleQueryRunner start(Iterable<TpchTable<?>> tables) {
        TrestleQueryRunner runner = TrestleQueryRunner.start(
                TrestleQueryRunner.newServer(),
                NODES,
                // So that what is read of a file of some bytes depends on the columns that are asked for.
                Map.of("trestle.parquet.small-file-threshold", "0B"),
                Map.of(
                        "sql.default-function-catalog", TrestleQueryRunner.CATALOG,
                        "sql.default-function-schema", TrestleQueryRunner.SCHEMA,
                        "sql.path", TrestleQueryRunner.CATALOG + "." + TrestleQueryRunner.SCHEMA));
        QueryRunner trino = runner.trino();
        trino.installPlugin(new TpchPlugin());
        trino.createCatalog("tpch", "tpch", Map.of());
        trino.execute("CREATE SCHEMA " + TrestleQueryRunner.SCHEMA);
        copyTpchTables(trino, "tpch", TINY_SCHEMA_NAME, trino.getDefaultSession(), tables);
        return runner;
    }

    /** What the connector does; each that it does not has its reason. */
    static boolean hasBehavior(TestingConnectorBehavior behavior, boolean byDefault) {
        return switch (behavior) {
            // RESTApi has no call that renames a database.
            case SUPPORTS_RENAME_SCHEMA -> false;
            // Catalog has no materialized views: a view of the service holds a query, and no table of its rows.
            case SUPPORTS_CREATE_MATERIALIZED_VIEW -> false;
            // ReadBuilder.withLimit stops when it has enough, and may give more: Trino still has to limit.
            case SUPPORTS_LIMIT_PUSHDOWN -> false;
            // ReadBuilder.withTopN leaves out files that cannot matter, and does not sort.
            case SUPPORTS_TOPN_PUSHDOWN -> false;
            // ReadBuilder reads one table.
            case SUPPORTS_JOIN_PUSHDOWN -> false;
            // ReadBuilder answers no aggregates; what metadata proves of count, min and max depends on the files.
            case SUPPORTS_AGGREGATION_PUSHDOWN -> false;
            // Snapshots hold one statement's changes: BatchTableCommit has no call that joins two commits in one.
            case SUPPORTS_MULTI_STATEMENT_WRITES -> false;
            // SchemaManager.generateTableSchema takes no column with NOT NULL: the rows that are there have no value of
            // it.
            case SUPPORTS_ADD_COLUMN_NOT_NULL_CONSTRAINT -> false;
            // RESTApi runs no query.
            case SUPPORTS_NATIVE_QUERY -> false;
            // By default expected of none.
            case SUPPORTS_CREATE_OR_REPLACE_TABLE,
                    SUPPORTS_CREATE_FUNCTION,
                    SUPPORTS_DYNAMIC_FILTER_PUSHDOWN,
                    SUPPORTS_CANCELLATION,
                    SUPPORTS_REPORTING_WRITTEN_BYTES -> true;
            default -> byDefault;
        };
    }
}
