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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TableSessionTest {

    private static final Identifier T = Identifier.create("db", "t");
    private static final long NOW = 1_000_000;

    private final TableSession session = new TableSession(Duration.ofSeconds(1));

    @Test
    void knowsASnapshotForAMoment() {
        session.remember(T, snapshot(3), NOW, 0);

        assertThat(session.latestKnown(T, NOW + 999, 0)).contains(snapshot(3));
        assertThat(session.latestKnown(T, NOW + 1000, 0)).isEmpty();
        assertThat(session.latestKnown(Identifier.create("db", "u"), NOW, 0)).isEmpty();
    }

    @Test
    void knowsThatThereIsNone() {
        session.remember(T, Optional.empty(), NOW, 0);

        assertThat(session.latestKnown(T, NOW, 0)).contains(Optional.empty());
    }

    @Test
    void knowsNothingAfterACommitOfThisProcess() {
        session.remember(T, snapshot(3), NOW, 7);

        assertThat(session.latestKnown(T, NOW, 8)).isEmpty();
    }

    @Test
    void doesNotTrustTheFuture() {
        session.remember(T, snapshot(3), NOW, 0);

        assertThat(session.latestKnown(T, NOW - 1, 0)).isEmpty();
    }

    @Test
    void knowsNothingWithoutTime() {
        TableSession none = new TableSession(Duration.ZERO);
        none.remember(T, snapshot(3), NOW, 0);

        assertThat(none.latestKnown(T, NOW, 0)).isEmpty();
    }

    @Test
    void theFirstSnapshotOfReadsThatAgreeStaysTheLatest() {
        TableSession agreeing = TableSession.ofOneSnapshot();
        agreeing.remember(T, Optional.empty(), NOW, 0);

        assertThat(agreeing.remember(T, snapshot(3), NOW + 1, 0)).isEmpty();
        assertThat(agreeing.latestKnown(T, NOW + Duration.ofDays(1).toMillis(), 8))
                .contains(Optional.empty());

        agreeing.forgetLatest();
        assertThat(agreeing.latestKnown(T, NOW, 0)).isEmpty();
    }

    @Test
    void travelsToAnotherProcessWhichCountsItsOwnCommits() throws Exception {
        session.remember(T, snapshot(3), NOW, 41);
        session.commits().failed(T, System.nanoTime(), 4);

        TableSession there = InstantiationUtil.clone(session);

        assertThat(there.latestKnown(T, NOW + 1, 0)).contains(snapshot(3));
        assertThat(there.latestKnown(T, NOW + 1001, 0)).isEmpty();
        assertThat(there.commits().timeLeft(T, Duration.ofMinutes(2))).isEmpty();
        assertThat(there.commits()).isSameAs(there.commits());
    }

    @Test
    void answersTheStartOfAJobForAMomentAlsoWhenThatTookAWhile() throws Exception {
        session.remember(T, snapshot(3), NOW, 41);

        TableSession there = InstantiationUtil.clone(session);

        assertThat(there.latestKnown(T, NOW + 20_000, 0)).contains(snapshot(3));
        assertThat(there.latestKnown(T, NOW + 20_999, 0)).contains(snapshot(3));
        assertThat(there.latestKnown(T, NOW + 20_999, 1)).isEmpty();
        assertThat(there.latestKnown(T, NOW + 21_000, 0)).isEmpty();
    }

    @Test
    void answersNothingWhenTheStartTookTooLong() throws Exception {
        session.remember(T, snapshot(3), NOW, 41);

        TableSession there = InstantiationUtil.clone(session);

        assertThat(there.latestKnown(T, NOW + 30_000, 0)).isEmpty();
        assertThat(there.latestKnown(T, NOW + 30_000, 0)).isEmpty();
    }

    @Test
    void knowsNothingThatTravelledAfterACommit() throws Exception {
        session.remember(T, snapshot(3), NOW, 41);

        TableSession there = InstantiationUtil.clone(session);
        there.forgetLatest();

        assertThat(there.latestKnown(T, NOW, 0)).isEmpty();
    }

    @Test
    void sendsNoSnapshotWhereAProcessMayBeStartedAgain() throws Exception {
        session.stayHere();
        session.remember(T, snapshot(3), NOW, 41);

        TableSession there = InstantiationUtil.clone(session);
        assertThat(there.latestKnown(T, NOW + 1, 0)).isEmpty();

        there.remember(T, snapshot(4), NOW + 1, 0);
        assertThat(there.latestKnown(T, NOW + 2, 0)).contains(snapshot(4));
        assertThat(InstantiationUtil.clone(there).latestKnown(T, NOW + 2, 0)).isEmpty();
        assertThat(session.latestKnown(T, NOW + 1, 41)).contains(snapshot(3));
    }

    @Test
    void travelsWithATableThatHasNoSnapshot() throws Exception {
        session.remember(T, Optional.empty(), NOW, 41);

        assertThat(InstantiationUtil.clone(session).latestKnown(T, NOW, 0)).contains(Optional.empty());
    }

    private static Optional<TableSnapshot> snapshot(long id) {
        Snapshot snapshot = Snapshot.fromJson(
                """
                {"version":3,"id":%d,"schemaId":0,"baseManifestList":"b","deltaManifestList":"d","commitUser":"u",
                 "commitIdentifier":1,"commitKind":"APPEND","timeMillis":1,"totalRecordCount":1,"deltaRecordCount":1}"""
                        .formatted(id));
        return Optional.of(new TableSnapshot(snapshot, 1, 1, 1, 1));
    }
}
