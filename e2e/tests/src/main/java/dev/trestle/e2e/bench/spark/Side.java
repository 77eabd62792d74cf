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
package dev.trestle.e2e.bench.spark;

import dev.trestle.e2e.bench.tpch.Compared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One way to keep the rows of TPC-H, in a session of its own. All hold the same rows, in Parquet with zstd. */
enum Side implements Compared<Side> {
    /** Files that Spark's own source reads. */
    PARQUET,
    /** Tables of Iceberg, as it makes them. */
    ICEBERG,
    /** Tables of Trestle without a key, as it makes them: a MERGE writes files anew, as Iceberg's does. */
    TRESTLE,
    /** The same, but a MERGE marks rows as deleted; nothing else is measured here. */
    VECTORS;

    @Override
    public String title() {
        return name().charAt(0) + session().substring(1);
    }

    @Override
    public List<Side> bases() {
        return switch (this) {
            case PARQUET, ICEBERG -> List.of();
            case TRESTLE -> List.of(PARQUET, ICEBERG);
            case VECTORS -> List.of(ICEBERG);
        };
    }

    /** The name of its session. */
    String session() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean reads() {
        return this != VECTORS;
    }

    boolean appends() {
        return this == ICEBERG || this == TRESTLE;
    }

    boolean merges() {
        return this != PARQUET;
    }

    /** The statements that give the session its tables. */
    List<String> load(SourceFiles source) {
        List<String> statements = new ArrayList<>();
        SourceFiles.tables().forEach(table -> statements.add(source.createView("source_" + table, table)));
        if (this == PARQUET) {
            SourceFiles.tables().forEach(table -> statements.add(source.createView(table, table)));
            return statements;
        }
        String schema = (this == ICEBERG ? "iceberg." : "lake.") + session();
        statements.add("CREATE NAMESPACE " + schema);
        statements.add("USE " + schema);
        if (reads()) {
            SourceFiles.tables().forEach(table -> statements.add(createTable(table, "SELECT * FROM source_" + table)));
        }
        return statements;
    }

    /** A statement that makes a table in the session's schema. */
    String createTable(String name, String query) {
        String options = this == VECTORS ? "TBLPROPERTIES ('deletion-vectors.enabled' = 'true') " : "";
        return "CREATE TABLE %s %sAS %s".formatted(name, options, query);
    }
}
