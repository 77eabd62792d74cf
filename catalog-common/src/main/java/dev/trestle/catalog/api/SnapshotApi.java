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
package dev.trestle.catalog.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.TableSnapshot;

/** Snapshots of a table: see {@link RestApi} for errors. */
public interface SnapshotApi {

    /** The latest snapshot, or empty where the table has none. */
    Optional<TableSnapshot> latest(Identifier identifier);

    /**
     * A snapshot by its version, or empty where there is none.
     *
     * @param version an id, a tag's name, {@code EARLIEST} or {@code LATEST}
     */
    Optional<Snapshot> get(Identifier identifier, String version);

    /** One page of snapshots. */
    Page<Snapshot> list(Identifier identifier, PageRequest page);

    /**
     * Proposes a snapshot.
     *
     * @param tableId the id of the table that the snapshot was made for, so that a table of the same name made later refuses
     *     it; empty where it is not known
     * @return false if the service refused it because that snapshot id exists already; only the service's own answer is
     *     returned, never a guess
     * @throws OutcomeUncertainException if no usable answer arrived
     */
    boolean commit(
            Identifier identifier, Optional<String> tableId, Snapshot snapshot, List<PartitionStatistics> statistics);

    /**
     * Makes an earlier snapshot the latest, and forgets the later ones.
     *
     * @param fromSnapshot the snapshot that must be the latest; empty does not check
     */
    void rollback(Identifier identifier, Instant target, OptionalLong fromSnapshot);

    /** Makes an earlier schema the latest. */
    void rollbackSchema(Identifier identifier, long schemaId);
}
