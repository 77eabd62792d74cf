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
package dev.trestle.catalog.table;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.types.DataField;

/**
 * What an ANALYZE has found, kept with the table as Paimon keeps it: in a file of its own, which a commit of its own names.
 * Paimon finds a column in there by the name that it has in the schema that the statistics are of, so these are always of
 * the table's present schema: a column keeps its statistics when it is renamed.
 */
public final class KeptStatistics {

    private final FileStoreTable table;

    /**
     * What is known of a table's rows.
     *
     * @param snapshotId the snapshot whose rows were looked at
     * @param count how many there are, merged; empty if they were not counted
     * @param bytes how much they take; empty if that is unknown
     */
    public record Rows(long snapshotId, OptionalLong count, OptionalLong bytes) {

        /** Checks that all parts are there. */
        public Rows {
            requireNonNull(count, "count is null");
            requireNonNull(bytes, "bytes is null");
        }
    }

    /**
     * What an ANALYZE has found.
     *
     * @param columns what it found of columns, by their present names; not what was found before a column got another type
     */
    public record Found(Rows rows, Map<String, ColStats<?>> columns) {

        /** Checks that both parts are there. */
        public Found {
            requireNonNull(rows, "rows is null");
            columns = Map.copyOf(columns);
        }
    }

    /** Of a table that may be read and written without a look at who does it. */
    public KeptStatistics(FileStoreTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /** What is kept now, which may ask for the latest snapshot; empty if nothing is. */
    public Optional<Found> find() {
        return table.statistics()
                .map(kept -> new Found(
                        new Rows(kept.snapshotId(), kept.mergedRecordCount(), kept.mergedRecordSize()), columns(kept)));
    }

    private Map<String, ColStats<?>> columns(Statistics kept) {
        TableSchema now = table.schema();
        if (kept.colStats() == null || kept.schemaId() == now.id()) {
            return Optional.ofNullable(kept.colStats()).orElse(Map.of());
        }
        Map<Integer, DataField> fields = new HashMap<>();
        table.schemaManager().schema(kept.schemaId()).fields().forEach(field -> fields.put(field.id(), field));
        Map<String, ColStats<?>> columns = new HashMap<>();
        for (DataField field : now.fields()) {
            DataField then = fields.get(field.id());
            ColStats<?> found = then == null ? null : kept.colStats().get(then.name());
            if (found != null && field.type().equalsIgnoreNullable(then.type())) {
                columns.put(field.name(), found);
            }
        }
        return columns;
    }

    /**
     * Keeps what was found in the place of all that is kept, in a commit that changes no row and gets along with any other.
     *
     * @param found the least and greatest values of columns are of the columns' types
     * @throws RuntimeException if the commit fails. It may have been applied then: to run it again does no harm
     */
    public void replace(Found found) {
        commit(statistics(found));
    }

    private void commit(Statistics statistics) {
        try (BatchTableCommit commit = table.newBatchWriteBuilder().newCommit()) {
            commit.updateStatistics(statistics);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot end the commit of statistics to table " + table.fullName(), e);
        }
    }

    /** As {@link #replace}, beside what is kept of other columns. */
    public void add(Found found) {
        commit(with(found));
    }

    /** What {@link #add} keeps, for a commit that the caller makes. Nothing is kept by this. */
    public Statistics with(Found found) {
        Map<String, ColStats<?>> columns =
                new HashMap<>(find().map(Found::columns).orElse(Map.of()));
        columns.putAll(found.columns());
        return statistics(new Found(found.rows(), columns));
    }

    private Statistics statistics(Found found) {
        return new Statistics(
                found.rows().snapshotId(),
                table.schema().id(),
                orNull(found.rows().count()),
                orNull(found.rows().bytes()),
                found.columns());
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
