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
package dev.trestle.catalog.paimon;

import static dev.trestle.catalog.paimon.PaimonTables.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.SnapshotApi;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.TableSnapshot;

/** {@code /snapshot}, {@code /snapshots} and {@code /commit} of the Paimon REST API. */
record PaimonSnapshots(PaimonClient client) implements SnapshotApi {

    private record LatestAnswer(TableSnapshot snapshot) {}

    private record VersionAnswer(Snapshot snapshot) {}

    private record ListAnswer(List<JsonNode> snapshots, String nextPageToken) {}

    private record CommitRequest(String tableId, Snapshot snapshot, List<PartitionStatistics> statistics) {}

    private record CommitAnswer(Boolean success) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record RollbackRequest(Instant instant, Long fromSnapshot) {}

    private record RollbackSchemaRequest(long schemaId) {}

    @Override
    public Optional<TableSnapshot> latest(Identifier identifier) {
        try {
            LatestAnswer answer = client.get(
                    task("getLatestSnapshotOf", identifier),
                    path(identifier, "snapshot"),
                    Map.of(),
                    LatestAnswer.class);
            return Optional.ofNullable(answer.snapshot);
        } catch (NoSuchResourceException e) {
            return emptyIfSnapshot(e);
        }
    }

    @Override
    public Optional<Snapshot> get(Identifier identifier, String version) {
        try {
            VersionAnswer answer = client.get(
                    new Task("getSnapshot", "'" + version + "' of '" + identifier.getFullName() + "'"),
                    path(identifier, "snapshots", version),
                    Map.of(),
                    VersionAnswer.class);
            return Optional.ofNullable(answer.snapshot);
        } catch (NoSuchResourceException e) {
            return emptyIfSnapshot(e);
        }
    }

    @Override
    public Page<Snapshot> list(Identifier identifier, PageRequest page) {
        ListAnswer answer = client.get(
                task("listSnapshotsOf", identifier),
                path(identifier, "snapshots"),
                Listings.query(page),
                ListAnswer.class);
        return Listings.readablePage(
                "snapshot", "id", answer.snapshots, answer.nextPageToken, Snapshot.class, snapshot -> snapshot);
    }

    @Override
    public boolean commit(
            Identifier identifier, Optional<String> tableId, Snapshot snapshot, List<PartitionStatistics> statistics) {
        CommitAnswer answer = client.change(
                new Task("commitSnapshot", snapshot.id() + " to '" + identifier.getFullName() + "'"),
                path(identifier, "commit"),
                new CommitRequest(tableId.orElse(null), snapshot, statistics),
                CommitAnswer.class);
        if (answer.success == null) {
            throw new OutcomeUncertainException(
                    "The service answered the commit of snapshot " + snapshot.id() + " to '" + identifier.getFullName()
                            + "' without saying whether it succeeded",
                    true,
                    null);
        }
        return answer.success;
    }

    @Override
    public void rollback(Identifier identifier, Instant target, OptionalLong fromSnapshot) {
        client.post(
                task("rollback", identifier),
                path(identifier, "rollback"),
                new RollbackRequest(target, fromSnapshot.isPresent() ? fromSnapshot.getAsLong() : null),
                Repeat.CHANGE);
    }

    @Override
    public void rollbackSchema(Identifier identifier, long schemaId) {
        client.post(
                task("rollbackSchemaOf", identifier),
                path(identifier, "rollback-schema"),
                new RollbackSchemaRequest(schemaId),
                Repeat.CHANGE);
    }

    static List<String> path(Identifier identifier, String resource, String... more) {
        List<String> path = new ArrayList<>(PaimonTables.path(identifier));
        path.add(resource);
        path.addAll(List.of(more));
        return path;
    }

    /** A 404 that names a snapshot or tag says that the table is there and the snapshot is not. */
    private static <T> Optional<T> emptyIfSnapshot(NoSuchResourceException e) {
        if (e.resourceType() == ResourceType.SNAPSHOT || e.resourceType() == ResourceType.TAG) {
            return Optional.empty();
        }
        throw e;
    }
}
