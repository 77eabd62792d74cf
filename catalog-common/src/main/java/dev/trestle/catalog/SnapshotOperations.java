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
package dev.trestle.catalog;

import static dev.trestle.catalog.Failures.onTable;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.SnapshotApi;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.http.CallContext;
import dev.trestle.catalog.table.BucketIndexes;
import dev.trestle.catalog.table.CommitConflictException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog.TableNoPermissionException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.TableSnapshot;

/** What the operations on snapshots mean. */
record SnapshotOperations(SharedClient client, TableSession session) {

    private static final Duration UNLIMITED = Duration.ofDays(1);

    /** The latest snapshot; within one opened table, as it was known a moment ago. */
    Optional<TableSnapshot> latest(Identifier identifier) throws TableNotExistException {
        Optional<Duration> timeLeft =
                session.commits().timeLeft(identifier, client.settings().http().deadline());
        Optional<Lock> asking = session.asking();
        try {
            if (asking.isPresent()) {
                asking.get().lockInterruptibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Sends nothing, for the thread is interrupted, and says so in the words of this call.
            return loadLatest(identifier, timeLeft);
        }
        try {
            return latest(identifier, timeLeft);
        } finally {
            asking.ifPresent(Lock::unlock);
        }
    }

    private Optional<TableSnapshot> latest(Identifier identifier, Optional<Duration> timeLeft)
            throws TableNotExistException {
        long commits = client.commits().get();
        long asked = System.currentTimeMillis();
        Optional<Optional<TableSnapshot>> known = session.latestKnown(identifier, asked, commits);
        if (known.isPresent()) {
            return known.get();
        }
        return session.remember(identifier, loadLatest(identifier, timeLeft), asked, commits);
    }

    /** A failure here ends Paimon's commit loop, which reads outside of its own error handling. */
    private Optional<TableSnapshot> loadLatest(Identifier identifier, Optional<Duration> timeLeftToCommit)
            throws TableNotExistException {
        Optional<TableSnapshot> latest;
        try (CallContext.Scope scope = CallContext.withDeadline(timeLeftToCommit.orElse(UNLIMITED))) {
            latest = onTable(identifier, () -> snapshots("load snapshots").latest(identifier));
        } catch (ServiceException | AuthenticationException e) {
            session.commits().ended();
            if (timeLeftToCommit.isEmpty()) {
                throw e;
            }
            throw new OutcomeUnknownException(
                    "Whether the last commit to table '" + identifier.getFullName()
                            + "' was applied is unknown, since the service could not be asked: " + e.getMessage()
                            + ". Look at the table's snapshots before repeating it. Its files are left as they are",
                    e);
        }
        session.commits()
                .read(
                        identifier,
                        latest.map(snapshot ->
                                        OptionalLong.of(snapshot.snapshot().id()))
                                .orElse(OptionalLong.empty()));
        return latest;
    }

    Optional<Snapshot> get(Identifier identifier, String version) throws TableNotExistException {
        return onTable(identifier, () -> snapshots("load snapshots").get(identifier, version));
    }

    Page<Snapshot> list(Identifier identifier, PageRequest page) throws TableNotExistException {
        return onTable(identifier, () -> snapshots("list snapshots").list(identifier, page));
    }

    /**
     * Proposes a snapshot, once. True and false are the service's own words; everything else is thrown, and Paimon's commit
     * loop finds out by reading whether the snapshot is there.
     *
     * @throws OutcomeUnknownException if no usable answer came
     * @throws CommitConflictException if another commit has changed what this one is made from, so that nothing is sent
     */
    boolean commit(
            Identifier identifier, Optional<String> tableId, Snapshot snapshot, List<PartitionStatistics> statistics)
            throws TableNotExistException {
        CommitProgress progress = session.commits();
        try {
            BucketIndexes.check(snapshot);
        } catch (CommitConflictException e) {
            progress.refused(identifier, e);
            throw e;
        }
        Duration timeLeft = progress.timeLeft(
                        identifier, client.settings().http().deadline())
                .orElse(UNLIMITED);
        long start = System.nanoTime();
        long asked = System.currentTimeMillis();
        boolean committed = false;
        try (CallContext.Scope scope = CallContext.withDeadline(timeLeft)) {
            committed = snapshots("commit").commit(identifier, tableId, snapshot, statistics);
            progress.ended();
            return committed;
        } catch (NoSuchResourceException e) {
            progress.refused(identifier, e);
            throw new TableNotExistException(identifier, e);
        } catch (ForbiddenException e) {
            progress.refused(identifier, e);
            throw new TableNoPermissionException(identifier, e);
        } catch (BadRequestException e) {
            progress.refused(identifier, e);
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (NotAuthenticatedException | EndpointMissingException e) {
            progress.refused(identifier, e);
            throw e;
        } catch (UnsupportedByServiceException e) {
            // Not as it is: where Paimon reads the latest snapshot, it takes that type as advice to look at the files.
            progress.refused(identifier, new ServiceException(e.getMessage(), e));
            throw e;
        } catch (OutcomeUncertainException e) {
            progress.failed(identifier, start, snapshot.id());
            throw new OutcomeUnknownException(
                    e.getMessage() + ". Whether it was applied is unknown: look at the snapshots of table '"
                            + identifier.getFullName() + "' before repeating it",
                    e);
        } catch (ServiceException e) {
            progress.failed(identifier, start, snapshot.id());
            throw e;
        } finally {
            long commits = client.commits().incrementAndGet();
            session.forgetLatest();
            if (committed) {
                // What Paimon does after a commit, such as expiring snapshots, need not ask for it.
                session.remember(identifier, Optional.of(latest(snapshot)), asked, commits);
            }
        }
    }

    /**
     * Makes an earlier snapshot or a tag the latest one.
     *
     * @throws IllegalArgumentException if that snapshot or tag is not there
     */
    void rollback(Identifier identifier, Instant target, OptionalLong fromSnapshot) throws TableNotExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> snapshots("roll back").rollback(identifier, target, fromSnapshot),
                            () -> isAt(identifier, target),
                            "Look at the latest snapshot of table '" + identifier.getFullName() + "'");
        } catch (NoSuchResourceException e) {
            if (e.resourceType() == ResourceType.SNAPSHOT || e.resourceType() == ResourceType.TAG) {
                throw new IllegalArgumentException(
                        "Table '" + identifier.getFullName() + "' has no " + inWords(target)
                                + ", so it cannot be rolled back to it. " + e.getMessage(),
                        e);
            }
            throw new TableNotExistException(identifier, e);
        } catch (AlreadyExistsException | BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } finally {
            client.commits().incrementAndGet();
        }
    }

    private static String inWords(Instant target) {
        return target instanceof Instant.TagInstant tag
                ? "tag '" + tag.getTagName() + "'"
                : "snapshot " + ((Instant.SnapshotInstant) target).getSnapshotId();
    }

    /**
     * Makes an earlier schema the newest one.
     *
     * @throws IllegalArgumentException if it is not there, or a snapshot or tag needs a later one
     */
    void rollbackSchema(Identifier identifier, long schemaId) throws TableNotExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> snapshots("roll back").rollbackSchema(identifier, schemaId),
                            () -> client.api().tables().get(identifier).schemaId() == schemaId,
                            "Look at the schema of table '" + identifier.getFullName() + "'");
        } catch (NoSuchResourceException e) {
            throw new TableNotExistException(identifier, e);
        } catch (AlreadyExistsException | BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } finally {
            client.cache().invalidateTable(identifier);
        }
    }

    /** A tag's snapshot need not be known here, so a rollback to a tag is never proved. */
    private boolean isAt(Identifier identifier, Instant target) {
        return target instanceof Instant.SnapshotInstant snapshot
                && snapshots("load snapshots")
                        .latest(identifier)
                        .filter(latest -> latest.snapshot().id() == snapshot.getSnapshotId())
                        .isPresent();
    }

    /** The sizes of the files are not known here, and are read in listings only, which ask the service. */
    private static TableSnapshot latest(Snapshot snapshot) {
        return new TableSnapshot(snapshot, snapshot.totalRecordCount(), 0, 0, 0);
    }

    private SnapshotApi snapshots(String operation) {
        return client.api()
                .snapshots()
                .orElseThrow(() -> new UnsupportedByServiceException(
                        "Cannot " + operation + ": the service's protocol has no snapshots"));
    }
}
