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

/** An example of each procedure of Paimon's that can be called. */
final class ProcedureExamples {

    /** A table with a primary key and two snapshots. */
    private static final String[] KEYED = {
        "CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')",
        "INSERT INTO t /*+ OPTIONS('end-input.watermark'='1000') */ VALUES (1, 10)",
        "INSERT INTO t /*+ OPTIONS('end-input.watermark'='2000') */ VALUES (2, 20)"
    };

    /** A table without one, and two snapshots. */
    private static final String[] PLAIN = {
        "CREATE TABLE t (id INT, v INT)", "INSERT INTO t VALUES (1, 10)", "INSERT INTO t VALUES (2, 20)"
    };

    /** A table that keeps the changes of three snapshots that are gone. */
    private static final String[] CHANGELOG = {
        "CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1',"
                + " 'changelog-producer'='input', 'snapshot.num-retained.min'='1', 'snapshot.num-retained.max'='1',"
                + " 'changelog.num-retained.min'='5', 'changelog.num-retained.max'='10')",
        "INSERT INTO t VALUES (1, 10)",
        "INSERT INTO t VALUES (2, 20)",
        "INSERT INTO t VALUES (3, 30)",
        "INSERT INTO t VALUES (4, 40)"
    };

    private static final String[] PARTITIONED = {
        "CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)",
        "INSERT INTO t VALUES (1, '2020-01-01'), (2, '2020-01-02')"
    };

    private static final String[] TRACKED = {
        "CREATE TABLE t (id INT, name STRING) WITH ('row-tracking.enabled'='true', 'data-evolution.enabled'='true')",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')"
    };

    private static final String ROWS = "SELECT * FROM t ORDER BY id";
    private static final String TAGS = "SELECT tag_name, snapshot_id FROM t$tags ORDER BY tag_name";
    private static final String SNAPSHOTS = "SELECT snapshot_id, commit_kind FROM t$snapshots ORDER BY snapshot_id";
    private static final String BRANCHES = "SELECT branch_name FROM t$branches";
    private static final String TAG_FIRST = "CALL sys.create_tag('d.t', 'first', 1)";
    private static final String BRANCH = "CALL sys.create_branch('d.t', 'b', 'first')";
    private static final String FUNCTION = "CALL sys.create_function(`function` => 'd.f',"
            + " inputParams => '[{\"id\": 0, \"name\": \"a\", \"type\": \"INT\"}]',"
            + " returnParams => '[{\"id\": 0, \"name\": \"r\", \"type\": \"INT\"}]', options => 'k=v')";

    private ProcedureExamples() {}

    static List<ProcedureExample> all() {
        return List.of(
                of("alter_column_default_value")
                        .given(PLAIN)
                        .calledWith("'d.t', 'v', '7'")
                        .answers("[Success]"),
                of("clear_consumers")
                        .given(PLAIN)
                        .given("CALL sys.reset_consumer('d.t', 'reader', 2)")
                        .calledWith("'d.t'")
                        .answers("[Success]")
                        .then("SELECT consumer_id FROM t$consumers"),
                of("reset_consumer")
                        .given(PLAIN)
                        .calledWith("'d.t', 'reader', 2")
                        .answers("[Success]")
                        .then("SELECT * FROM t$consumers", "[reader, 2]"),

                // Jobs that write
                of("compact")
                        .given(KEYED)
                        .calledWith("'d.t'")
                        .answers("[Success]")
                        .then(SNAPSHOTS, "[1, APPEND]", "[2, APPEND]", "[3, COMPACT]"),
                of("compact_database")
                        .given(KEYED)
                        .calledWith("including_databases => 'd'")
                        .answers("[Success]")
                        .then(SNAPSHOTS, "[1, APPEND]", "[2, APPEND]", "[3, COMPACT]"),
                of("compact_manifest")
                        .given(PLAIN)
                        .calledWith("'d.t'")
                        .answers("[success]")
                        .then("SELECT (SELECT COUNT(*) FROM t$manifests), MAX(v) FROM t", "[1, 20]"),
                of("rescale")
                        .given(KEYED)
                        .given("ALTER TABLE t SET ('bucket'='2')")
                        .calledWith("`table` => 'd.t'")
                        .answers("[Success]")
                        .then(ROWS, "[1, 10]", "[2, 20]"),
                of("rewrite_file_index")
                        .given(PLAIN)
                        .given("ALTER TABLE t SET ('file-index.bloom-filter.columns'='id')")
                        .calledWith("'d.t'")
                        .answers("[Success]")
                        .then(ROWS, "[1, 10]", "[2, 20]"),
                of("merge_into")
                        .given(KEYED)
                        .given("CREATE TABLE s (id INT, v INT)", "INSERT INTO s VALUES (2, 22), (3, 33)")
                        .calledWith("target_table => 'd.t', source_table => 'd.s', merge_condition => 't.id = s.id',"
                                + " matched_upsert_setting => 'v = s.v', not_matched_insert_values => '*'")
                        .answers("[Success]")
                        .then(ROWS, "[1, 10]", "[2, 22]", "[3, 33]"),
                of("data_evolution_merge_into")
                        .given(TRACKED)
                        .given("CREATE TABLE s (id INT, name STRING)", "INSERT INTO s VALUES (2, 'bb')")
                        .calledWith("'d.t', 'T', '', 'd.s', 'T.id = s.id', 'name = s.name', 1")
                        .answers("[Success]")
                        .then(ROWS, "[1, a]", "[2, bb]"),
                of("clone")
                        .given(PLAIN)
                        .calledWith(
                                "database => 'd', `table` => 't', catalog_conf => '${conf}', target_database => 'd',"
                                        + " target_table => 'u', target_catalog_conf => '${conf}', clone_from => 'paimon'")
                        .answers("[Success]")
                        .then("SELECT * FROM u ORDER BY id", "[1, 10]", "[2, 20]"),
                of("create_global_index")
                        .given(TRACKED)
                        .calledWith("'d.t', 'name', 'btree'")
                        .answers("[BTree global index created successfully for table: t]")
                        .then("SELECT id FROM t WHERE name = 'b'", "[2]"),
                of("vector_search")
                        .given(
                                "CREATE TABLE t (id INT, e ARRAY<FLOAT>) WITH ('row-tracking.enabled'='true',"
                                        + " 'data-evolution.enabled'='true')",
                                "INSERT INTO t VALUES (1, ARRAY[CAST(1 AS FLOAT), CAST(0 AS FLOAT)])")
                        .calledWith("'d.t', 'e', '1.0,0.0', 1"),

                // Partitions
                of("drop_partition")
                        .given(PARTITIONED)
                        .calledWith("'d.t', 'dt=2020-01-01'")
                        .answers("[Success]")
                        .then(ROWS, "[2, 2020-01-02]"),
                of("expire_partitions")
                        .given(PARTITIONED)
                        .given("INSERT INTO t VALUES (3, '9999-01-01')")
                        .calledWith("`table` => 'd.t', expiration_time => '1 d', timestamp_formatter => 'yyyy-MM-dd'")
                        .answers("[dt=2020-01-01]", "[dt=2020-01-02]")
                        .then(ROWS, "[3, 9999-01-01]"),
                of("mark_partition_done")
                        .given(PARTITIONED)
                        .given("ALTER TABLE t SET ('metastore.partitioned-table'='true',"
                                + " 'partition.mark-done-action'='success-file,mark-event')")
                        .calledWith("'d.t', 'dt=2020-01-01'")
                        .answers("[Success]"),

                // What expires, and what is cleaned up
                of("expire_snapshots")
                        .given(PLAIN)
                        .calledWith("`table` => 'd.t', retain_max => 1, retain_min => 1")
                        .answers("[1]")
                        .then(SNAPSHOTS, "[2, APPEND]"),
                of("expire_changelogs")
                        .given(CHANGELOG)
                        .calledWith("`table` => 'd.t', retain_max => 1, retain_min => 1")
                        .answers("[2]")
                        .then(ROWS, "[1, 10]", "[2, 20]", "[3, 30]", "[4, 40]"),
                of("expire_tags")
                        .given(PLAIN)
                        .given(TAG_FIRST, "CALL sys.create_tag('d.t', 'short', 2, '1 ms')")
                        .calledWith("'d.t'")
                        .answers("[short]")
                        .then(TAGS, "[first, 1]"),
                of("purge_files")
                        .given(PLAIN)
                        .given(TAG_FIRST)
                        .calledWith("'d.t'")
                        .answers("[Success]")
                        .then("SELECT * FROM t"),
                of("remove_orphan_files").given(PLAIN).calledWith("'d.t'").answers("[0]", "[0]"),
                of("remove_unexisting_files")
                        .given(PLAIN)
                        .calledWith("'d.t', true, 1")
                        .then(ROWS, "[1, 10]", "[2, 20]"),
                of("remove_unexisting_manifests")
                        .given(PLAIN)
                        .calledWith("'d.t'")
                        .answers("[Success]")
                        .then(ROWS, "[1, 10]", "[2, 20]"),

                // Tags
                of("create_tag")
                        .given(PLAIN)
                        .given(TAG_FIRST)
                        .calledWith("'d.t', 'last'")
                        .answers("[Success]")
                        .then(TAGS, "[first, 1]", "[last, 2]"),
                of("create_tag_from_timestamp")
                        .given(PLAIN)
                        .calledWith("'d.t', 'x', ${time}")
                        .answers("[x, 1, ${time}, " + Long.MIN_VALUE + "]")
                        .then(TAGS, "[x, 1]"),
                of("create_tag_from_watermark")
                        .given(KEYED)
                        .calledWith("'d.t', 'x', 1")
                        .answers("[x, 1, ${time}, 1000]")
                        .then(TAGS, "[x, 1]"),
                of("replace_tag")
                        .given(PLAIN)
                        .given(TAG_FIRST)
                        .calledWith("'d.t', 'first', 2")
                        .answers("[Success]")
                        .then(TAGS, "[first, 2]"),
                of("delete_tag")
                        .given(PLAIN)
                        .given(TAG_FIRST)
                        .calledWith("'d.t', 'first'")
                        .answers("[Success]")
                        .then(TAGS),
                of("trigger_tag_automatic_creation")
                        .given(PLAIN)
                        .given(
                                "ALTER TABLE t SET ('tag.automatic-creation'='process-time', 'tag.creation-period'='daily')")
                        .calledWith("'d.t'")
                        .answers("[Success]")
                        .then("SELECT snapshot_id FROM t$tags", "[1]"),

                // Branches
                of("create_branch")
                        .given(PLAIN)
                        .given(TAG_FIRST)
                        .calledWith("'d.t', 'b', 'first'")
                        .answers("[Success]")
                        .then("SELECT * FROM t$branch_b", "[1, 10]"),
                of("rename_branch")
                        .given(PLAIN)
                        .given(TAG_FIRST, BRANCH)
                        .calledWith("'d.t', 'b', 'bb'")
                        .answers("[Success]")
                        .then(BRANCHES, "[bb]"),
                of("delete_branch")
                        .given(PLAIN)
                        .given(TAG_FIRST, BRANCH)
                        .calledWith("'d.t', 'b'")
                        .answers("[Success]")
                        .then(BRANCHES),
                of("fast_forward")
                        .given(PLAIN)
                        .given(TAG_FIRST, BRANCH, "INSERT INTO t$branch_b VALUES (3, 30)")
                        .calledWith("'d.t', 'b'")
                        .answers("[Success]")
                        .then(ROWS, "[1, 10]", "[3, 30]"),

                // Going back
                of("rollback_to")
                        .given(PLAIN)
                        .calledWith("`table` => 'd.t', snapshot_id => 1")
                        .answers("[2, 1]")
                        .then(ROWS, "[1, 10]"),
                of("rollback_to_timestamp")
                        .given(PLAIN)
                        .calledWith("'d.t', ${time}")
                        .answers("[2, 1]")
                        .then(ROWS, "[1, 10]"),
                of("rollback_to_watermark")
                        .given(KEYED)
                        .calledWith("'d.t', 1500")
                        .answers("[Success roll back to snapshot: 1 .]")
                        .then(ROWS, "[1, 10]"),

                // Views and functions
                of("alter_view_dialect")
                        .given(PLAIN)
                        .given("CREATE VIEW v AS SELECT id FROM t")
                        .calledWith("'d.v', 'update', 'flink', 'SELECT v AS id FROM c.d.t'")
                        .answers("[Success]")
                        .then("SELECT * FROM v ORDER BY id", "[10]", "[20]"),
                of("create_function")
                        .calledWith(argumentsOf(FUNCTION))
                        .answers("[Success]")
                        .then("SHOW USER FUNCTIONS", "[f]"),
                of("alter_function")
                        .given(FUNCTION)
                        .calledWith("'d.f', '{\"action\": \"updateComment\", \"comment\": \"new\"}'")
                        .answers("[Success]"),
                of("drop_function")
                        .given(FUNCTION)
                        .calledWith("'d.f'")
                        .answers("[Success]")
                        .then("SHOW USER FUNCTIONS"));
    }

    private static ProcedureExample of(String procedure) {
        return ProcedureExample.of(procedure);
    }

    private static String argumentsOf(String call) {
        return call.substring(call.indexOf('(') + 1, call.length() - 1);
    }
}
