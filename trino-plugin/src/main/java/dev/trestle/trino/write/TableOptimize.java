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
package dev.trestle.trino.write;

import static io.trino.spi.StandardErrorCode.INVALID_PROCEDURE_ARGUMENT;
import static io.trino.spi.connector.TableProcedureExecutionMode.coordinatorOnly;
import static io.trino.spi.session.PropertyMetadata.stringProperty;
import static java.util.Objects.requireNonNull;

import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.TableProcedureMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.append.AppendCompactCoordinator;
import org.apache.paimon.append.AppendCompactTask;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.manifest.BucketEntry;
import org.apache.paimon.operation.BaseAppendFileStoreWrite;
import org.apache.paimon.partition.PartitionPredicate;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.table.source.EndOfScanException;
import org.apache.paimon.utils.ParameterUtils;

/** {@code ALTER TABLE … EXECUTE optimize}: merges the files of a table. Runs on the coordinator, one bucket after another. */
public final class TableOptimize {

    private static final String NAME = "OPTIMIZE";
    private static final String PARTITIONS = "partitions";

    private final OpenedTables tables;
    private final SpillDirectories spill = new SpillDirectories();

    public TableOptimize(OpenedTables tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    public static TableProcedureMetadata procedure() {
        return new TableProcedureMetadata(
                NAME,
                coordinatorOnly(),
                List.of(stringProperty(
                        PARTITIONS,
                        "The partitions to optimize, such as day=2026-01-01,hour=3;day=2026-01-02; all by default",
                        null,
                        false)));
    }

    /** Empty for another procedure. */
    public Optional<OptimizeHandle> handle(
            ConnectorSession session, TrestleTableHandle table, String procedure, Map<String, Object> properties) {
        if (!procedure.equals(NAME)) {
            return Optional.empty();
        }
        Optional<String> partitions = Optional.ofNullable((String) properties.get(PARTITIONS));
        TrinoErrors.call("optimize table " + table, () -> {
            FileStoreTable opened = WrittenTables.require(table, tables.open(session, table));
            if (opened.coreOptions().dataEvolutionEnabled()) {
                throw new UnsupportedOperationException("Table " + opened.fullName()
                        + " cannot be optimized: it is a data-evolution table (data-evolution.enabled)."
                        + " Compact it with Spark");
            }
            partitions.ifPresent(wanted -> predicate(opened, wanted));
            return opened;
        });
        return Optional.of(new OptimizeHandle(table, partitions));
    }

    public void execute(ConnectorSession session, OptimizeHandle handle) {
        FileStoreTable table = WrittenTables.require(tables.open(session, handle.table()));
        // A table whose writers leave compaction to others is compacted by this.
        FileStoreTable compacting =
                table.copyWithoutTimeTravel(Map.of(CoreOptions.WRITE_ONLY.key(), Boolean.FALSE.toString()));
        WriteJob job = WriteJob.of(compacting, WriteJob.newCommitUser(session.getQueryId()), InsertMode.APPEND)
                .withIndexesAsOfNow();
        Optional<Snapshot> read = job.mayMissMarks() ? job.table().latestSnapshot() : Optional.empty();
        Optional<PartitionPredicate> partitions = handle.partitions().map(wanted -> predicate(table, wanted));
        List<CommitMessage> messages = TrinoErrors.call(
                "optimize table " + table.fullName(),
                () -> table.bucketMode() == BucketMode.BUCKET_UNAWARE
                        ? mergeFiles(job, partitions)
                        : mergeBuckets(job, partitions));
        if (!messages.isEmpty()) {
            TableCommits.commit(read.isPresent() ? job.guardedBy(read) : job, InsertMode.APPEND, messages);
        }
    }

    private List<CommitMessage> mergeBuckets(WriteJob job, Optional<PartitionPredicate> partitions) throws Exception {
        List<BucketEntry> buckets = job.table().newSnapshotReader().bucketEntries().stream()
                .filter(bucket -> partitions.isEmpty() || partitions.get().test(bucket.partition()))
                .toList();
        try (IOManager io = spill.open();
                TableWriteImpl<?> write = job.table().newWrite(job.commitUser()).withIOManager(io)) {
            for (BucketEntry bucket : buckets) {
                write.compact(bucket.partition(), bucket.bucket(), true);
            }
            return write.prepareCommit();
        }
    }

    private static List<CommitMessage> mergeFiles(WriteJob job, Optional<PartitionPredicate> partitions)
            throws Exception {
        List<CommitMessage> messages = new ArrayList<>();
        BaseAppendFileStoreWrite write =
                (BaseAppendFileStoreWrite) job.table().store().newWrite(job.commitUser(), null);
        try {
            for (AppendCompactTask task : tasks(job.table(), partitions)) {
                messages.add(task.doCompact(job.table(), write));
            }
            return messages;
        } catch (Exception e) {
            Aborts.delete(job, messages);
            throw e;
        } finally {
            write.close();
        }
    }

    private static List<AppendCompactTask> tasks(FileStoreTable table, Optional<PartitionPredicate> partitions) {
        try {
            return new AppendCompactCoordinator(table, false, partitions.orElse(null)).run();
        } catch (EndOfScanException e) {
            // There is nothing to merge.
            return List.of();
        }
    }

    /** @throws TrinoException if it is not a list of partitions of the table */
    private static PartitionPredicate predicate(FileStoreTable table, String partitions) {
        try {
            List<Map<String, String>> specs = ParameterUtils.getPartitions(partitions.split(";"));
            return PartitionPredicate.fromMaps(
                    table.schema().logicalPartitionType(),
                    specs,
                    table.coreOptions().partitionDefaultName());
        } catch (RuntimeException e) {
            throw new TrinoException(
                    INVALID_PROCEDURE_ARGUMENT,
                    "'" + partitions + "' names no partitions of table " + table.fullName()
                            + ", whose partition keys are " + String.join(", ", table.partitionKeys()),
                    e);
        }
    }
}
