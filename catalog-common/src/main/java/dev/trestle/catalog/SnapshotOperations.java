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
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.SnapshotApi;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.http.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog.TableNoPermissionException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.PartitionStatistics;
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

    private SnapshotApi snapshots(String operation) {
        return client.api()
                .snapshots()
                .orElseThrow(() -> new UnsupportedByServiceException(
                        "Cannot " + operation + ": the service's protocol has no snapshots"));
    }
}
