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
package dev.trestle.trino.procedure;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.lookup;
import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.catalog.procedure.DonePartitions;
import dev.trestle.catalog.procedure.SnapshotExpiry;
import dev.trestle.trino.TrestleConfig;
import dev.trestle.trino.procedure.Caller.Call;
import dev.trestle.trino.procedure.Caller.Change;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.procedure.Procedure;
import io.trino.spi.type.ArrayType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.paimon.operation.LocalOrphanFilesClean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Procedures that look after the files of a table. */
public final class Maintenance {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final ClassLoader classLoader;
    private final Caller caller;
    private final Duration orphansAreOlderThan;

    @Inject
    Maintenance(ClassLoader classLoader, Caller caller, TrestleConfig config) {
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
        this.caller = requireNonNull(caller, "caller is null");
        this.orphansAreOlderThan = config.getRemoveOrphanFilesMinRetention().toJavaTime();
    }

    List<Procedure> procedures() {
        return List.of(
                Caller.procedure(
                        lookup(),
                        this,
                        "expire_snapshots",
                        Caller.optional("retain_max", BIGINT),
                        Caller.optional("retain_min", BIGINT),
                        Caller.optional("older_than", VARCHAR),
                        Caller.optional("max_deletes", BIGINT)),
                Caller.procedure(lookup(), this, "remove_orphan_files", Caller.optional("older_than", VARCHAR)),
                Caller.procedure(
                        lookup(), this, "mark_partition_done", Caller.required("partitions", new ArrayType(VARCHAR))));
    }

    /**
     * Deletes snapshots, and the files that only they need. What is null is as the table's options say.
     *
     * @param retainMax how many snapshots are kept at most
     * @param retainMin how many are kept at least
     * @param olderThan snapshots that are younger are kept
     * @param maxDeletes how many are deleted at most
     */
    public void expireSnapshots(
            ConnectorAccessControl accessControl,
            ConnectorSession session,
            String schema,
            String table,
            Long retainMax,
            Long retainMin,
            String olderThan,
            Long maxDeletes) {
        Optional<Duration> age = Optional.ofNullable(olderThan)
                .map(text -> Duration.between(TimeArgument.parse("older_than", text, session), Instant.now()));
        caller.call(new Call(accessControl, session, schema, table), Change.LOSE, "expire the snapshots", called -> {
            SnapshotExpiry expiry = new SnapshotExpiry(count(retainMax), count(retainMin), age, count(maxDeletes));
            int expired = expiry.run(called.writable());
            LOG.info("{} snapshots of table {} were expired", expired, called.name());
        });
    }

    private static OptionalInt count(Long argument) {
        return argument == null
                ? OptionalInt.empty()
                : OptionalInt.of(Math.clamp(argument, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /**
     * Deletes files below the table's path that no snapshot, tag or branch knows.
     *
     * @param olderThan younger files are kept, since a write that is under way may be about to commit them
     */
    public void removeOrphanFiles(
            ConnectorAccessControl accessControl,
            ConnectorSession session,
            String schema,
            String table,
            String olderThan) {
        Instant latest = Instant.now().minus(orphansAreOlderThan);
        Instant limit = olderThan == null ? latest : TimeArgument.parse("older_than", olderThan, session);
        if (limit.isAfter(latest)) {
            throw CalledTable.wrong("Argument 'older_than' must be at least " + orphansAreOlderThan
                    + " ago ('trestle.remove-orphan-files.min-retention'): younger files may be those of a write that"
                    + " is under way");
        }
        caller.call(new Call(accessControl, session, schema, table), Change.LOSE, "remove orphan files", called -> {
            called.writable();
            long deleted = LocalOrphanFilesClean.executeDatabaseOrphanFiles(
                            called.catalog(),
                            called.identifier().getDatabaseName(),
                            called.identifier().getTableName(),
                            limit.toEpochMilli(),
                            null,
                            false)
                    .getDeletedFileCount();
            LOG.info("{} orphan files of table {} were removed", deleted, called.name());
        });
    }

    /** @param partitions each as {@code day=2026-01-31,hour=13} */
    public void markPartitionDone(
            ConnectorAccessControl accessControl,
            ConnectorSession session,
            String schema,
            String table,
            List<String> partitions) {
        List<String> wanted = Caller.required("partitions", partitions).stream()
                .map(partition -> Caller.required("partitions", partition))
                .toList();
        caller.call(
                new Call(accessControl, session, schema, table),
                Change.ADD,
                "mark partitions",
                called -> new DonePartitions(called.common()).mark(wanted, classLoader));
    }
}
