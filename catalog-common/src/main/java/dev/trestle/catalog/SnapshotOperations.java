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

import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.SnapshotApi;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.http.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
                session.commits().timeLeft(client.settings().http().deadline());
        long commits = client.commits().get();
        Optional<Optional<TableSnapshot>> known = session.latestKnown(identifier, commits);
        if (known.isPresent()) {
            return known.get();
        }
        long asked = System.currentTimeMillis();
        Optional<TableSnapshot> snapshot;
        try (CallContext.Scope scope = CallContext.withDeadline(timeLeft.orElse(UNLIMITED))) {
            snapshot = onTable(identifier, () -> snapshots("load snapshots").latest(identifier));
        }
        session.remember(identifier, snapshot, asked, commits);
        return snapshot;
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
     */
    boolean commit(
            Identifier identifier, Optional<String> tableId, Snapshot snapshot, List<PartitionStatistics> statistics)
            throws TableNotExistException {
        CommitProgress progress = session.commits();
        Duration timeLeft =
                progress.timeLeft(client.settings().http().deadline()).orElse(UNLIMITED);
        long start = System.nanoTime();
        try (CallContext.Scope scope = CallContext.withDeadline(timeLeft)) {
            boolean committed = snapshots("commit").commit(identifier, tableId, snapshot, statistics);
            progress.answered();
            return committed;
        } catch (NoSuchResourceException e) {
            progress.refused(e);
            throw new TableNotExistException(identifier, e);
        } catch (ForbiddenException e) {
            progress.refused(e);
            throw new TableNoPermissionException(identifier, e);
        } catch (BadRequestException e) {
            progress.refused(e);
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (NotAuthenticatedException | EndpointMissingException e) {
            progress.refused(e);
            throw e;
        } catch (ServiceException e) {
            progress.failed(start);
            throw e;
        } finally {
            client.commits().incrementAndGet();
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
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            throw new TableNotExistException(identifier, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } finally {
            client.commits().incrementAndGet();
        }
    }

    void rollbackSchema(Identifier identifier, long schemaId) throws TableNotExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> snapshots("roll back").rollbackSchema(identifier, schemaId),
                            () -> client.api().tables().get(identifier).schemaId() == schemaId,
                            "Look at the schema of table '" + identifier.getFullName() + "'");
        } catch (NoSuchResourceException e) {
            throw new TableNotExistException(identifier, e);
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

    private SnapshotApi snapshots(String operation) {
        return client.api()
                .snapshots()
                .orElseThrow(() -> new UnsupportedByServiceException(
                        "Cannot " + operation + ": the service's protocol has no snapshots"));
    }
}
