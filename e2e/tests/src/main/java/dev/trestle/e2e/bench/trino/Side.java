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

import dev.trestle.e2e.bench.tpch.Compared;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One way to keep the rows of TPC-H. Each has a schema of its own; all hold the same rows, in Parquet with zstd. */
enum Side implements Compared<Side> {
    /** What the others are measured against. */
    ICEBERG("iceberg", Map.of()),
    /** Rows that are only appended. */
    APPEND("lake", Map.of()),
    /** A primary key, all files of a bucket merged to one. */
    COMPACTED("lake", Map.of()),
    /** A primary key, every tenth row written twice, the older one marked as deleted. */
    VECTORS("lake", Map.of("deletion-vectors.enabled", "true")),
    /** A primary key, every tenth row written twice, and merged by whoever reads. */
    UNMERGED("lake", Map.of("write-only", "true"));

    /** The tables and their keys; the first column of a key numbers the rows evenly. */
    static final Map<String, List<String>> TABLES = Map.of(
            "customer", List.of("c_custkey"),
            "lineitem", List.of("l_orderkey", "l_linenumber"),
            "nation", List.of("n_nationkey"),
            "orders", List.of("o_orderkey"),
            "part", List.of("p_partkey"),
            "partsupp", List.of("ps_partkey", "ps_suppkey"),
            "region", List.of("r_regionkey"),
            "supplier", List.of("s_suppkey"));

    private static final Set<String> SMALL = Set.of("nation", "region", "supplier");
    private static final int BUCKETS = 4;

    private final String catalog;
    private final Map<String, String> options;

    Side(String catalog, Map<String, String> options) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.options = Map.copyOf(options);
    }

    @Override
    public String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Side> bases() {
        return switch (this) {
            case ICEBERG -> List.of();
            case APPEND -> List.of(ICEBERG);
            case COMPACTED, VECTORS, UNMERGED -> List.of(APPEND);
        };
    }

    String catalog() {
        return catalog;
    }

    /** The schema that has this side's tables. */
    String schema() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A statement that makes a table of this side out of another relation with the same columns. */
    String createTable(String name, String like, String source) {
        return "CREATE TABLE %s.%s.%s %s AS SELECT * FROM %s".formatted(catalog, schema(), name, layout(like), source);
    }

    /** The statements that bring a table that was just created into the state that this side is about. */
    List<String> settle(String table, String source) {
        String name = "%s.%s.%s".formatted(catalog, schema(), table);
        String again = "INSERT INTO %s SELECT * FROM %s WHERE %s %% 10 = 0"
                .formatted(name, source, TABLES.get(table).get(0));
        return switch (this) {
            case ICEBERG, APPEND -> List.of("ANALYZE " + name);
            case COMPACTED -> List.of(again, "ALTER TABLE " + name + " EXECUTE optimize", "ANALYZE " + name);
            case VECTORS, UNMERGED -> List.of(again, "ANALYZE " + name);
        };
    }

    private String layout(String table) {
        return switch (this) {
            case ICEBERG -> "WITH (format = 'PARQUET')";
            case APPEND -> "WITH (file_format = 'parquet')";
            case COMPACTED, VECTORS, UNMERGED ->
                "WITH (file_format = 'parquet', primary_key = ARRAY[%s], bucket = %d%s)"
                        .formatted(
                                TABLES.get(table).stream()
                                        .map(key -> "'" + key + "'")
                                        .collect(Collectors.joining(", ")),
                                SMALL.contains(table) ? 1 : BUCKETS,
                                options.entrySet().stream()
                                        .map(option -> ", options = MAP(ARRAY['%s'], ARRAY['%s'])"
                                                .formatted(option.getKey(), option.getValue()))
                                        .collect(Collectors.joining()));
        };
    }
}
