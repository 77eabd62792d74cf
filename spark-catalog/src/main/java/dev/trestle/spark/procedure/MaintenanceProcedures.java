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
package dev.trestle.spark.procedure;

import static dev.trestle.spark.procedure.TableProcedure.column;
import static dev.trestle.spark.procedure.TableProcedure.optional;
import static dev.trestle.spark.procedure.TableProcedure.required;

import dev.trestle.catalog.procedure.CalledTable;
import dev.trestle.catalog.procedure.Compaction;
import dev.trestle.catalog.procedure.DonePartitions;
import dev.trestle.catalog.procedure.PartitionText;
import dev.trestle.catalog.procedure.SnapshotExpiry;
import dev.trestle.catalog.procedure.WrongArgumentException;
import dev.trestle.spark.procedure.TableProcedure.Definition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.operation.CleanOrphanFilesResult;
import org.apache.paimon.operation.LocalOrphanFilesClean;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Procedures that look after the files of a table. */
final class MaintenanceProcedures {

    /** Younger files may be those of a write that is under way. */
    private static final Duration ORPHANS_ARE_OLDER_THAN = Duration.ofDays(1);

    private static final StructType EXPIRED =
            new StructType(new StructField[] {column("deleted_snapshots_count", DataTypes.IntegerType)});
    private static final StructType REMOVED = new StructType(new StructField[] {
        column("deleted_file_count", DataTypes.LongType), column("deleted_file_total_len_in_bytes", DataTypes.LongType)
    });

    private MaintenanceProcedures() {}

    static List<Definition> all() {
        return List.of(
                new Definition(
                        "compact",
                        "Merges the files of a table",
                        List.of(
                                optional(
                                        "partitions",
                                        DataTypes.StringType,
                                        "such as day=2026-01-01,hour=3;day=2026-01-01,hour=4; all by default"),
                                optional(
                                        "compact_strategy",
                                        DataTypes.StringType,
                                        "full: all files of a bucket; minor: those that the table's options choose")),
                        TagProcedures.RESULT,
                        Optional.empty(),
                        MaintenanceProcedures::compact),
                new Definition(
                        "expire_snapshots",
                        "Deletes snapshots, and the files that only they need",
                        List.of(
                                optional("retain_max", DataTypes.IntegerType, "how many are kept at most"),
                                optional("retain_min", DataTypes.IntegerType, "how many are kept at least"),
                                optional("older_than", DataTypes.StringType, "younger snapshots are kept"),
                                optional("max_deletes", DataTypes.IntegerType, "how many are deleted at most")),
                        EXPIRED,
                        Optional.empty(),
                        MaintenanceProcedures::expire),
                new Definition(
                        "remove_orphan_files",
                        "Deletes files below the table's path that no snapshot, tag or branch knows",
                        List.of(
                                optional(
                                        "older_than", DataTypes.StringType, "younger files are kept; by default 1 day"),
                                optional("dry_run", DataTypes.BooleanType, "only counts the files")),
                        REMOVED,
                        Optional.empty(),
                        MaintenanceProcedures::removeOrphans),
                new Definition(
                        "mark_partition_done",
                        "Says that partitions are complete",
                        List.of(required("partitions", DataTypes.StringType, "such as day=2026-01-01;day=2026-01-02")),
                        TagProcedures.RESULT,
                        Optional.empty(),
                        (table, arguments) -> {
                            new DonePartitions(table)
                                    .mark(
                                            arguments.parts("partitions"),
                                            Thread.currentThread().getContextClassLoader());
                            return new Object[] {true};
                        }));
    }

    private static Object[] compact(CalledTable table, Arguments arguments) {
        String strategy =
                arguments.optionalText("compact_strategy").orElse("full").toLowerCase(Locale.ROOT);
        if (!strategy.equals("full") && !strategy.equals("minor")) {
            throw new WrongArgumentException(
                    "Argument 'compact_strategy' must be 'full' or 'minor', and is '" + strategy + "'");
        }
        FileStoreTable stored = table.writable();
        List<Map<String, String>> partitions = arguments.parts("partitions").stream()
                .map(text -> PartitionText.parse(table.name(), stored.partitionKeys(), text))
                .toList();
        Compaction compaction = Compaction.of(stored, strategy.equals("full"));
        new DistributedCompaction(table.name(), partitions.isEmpty() ? compaction : compaction.of(partitions)).run();
        return new Object[] {true};
    }

    private static Object[] expire(CalledTable table, Arguments arguments) {
        SnapshotExpiry expiry = new SnapshotExpiry(
                arguments.optionalCount("retain_max"),
                arguments.optionalCount("retain_min"),
                arguments.optionalTime("older_than").map(time -> Duration.between(time, Instant.now())),
                arguments.optionalCount("max_deletes"));
        return new Object[] {expiry.run(table.writable())};
    }

    private static Object[] removeOrphans(CalledTable table, Arguments arguments) throws Exception {
        table.writable();
        Instant limit =
                arguments.optionalTime("older_than").orElse(Instant.now().minus(ORPHANS_ARE_OLDER_THAN));
        CleanOrphanFilesResult removed = LocalOrphanFilesClean.executeDatabaseOrphanFiles(
                table.catalog(),
                table.identifier().getDatabaseName(),
                table.identifier().getTableName(),
                limit.toEpochMilli(),
                null,
                arguments.flag("dry_run"));
        return new Object[] {removed.getDeletedFileCount(), removed.getDeletedFileTotalLenInBytes()};
    }
}
