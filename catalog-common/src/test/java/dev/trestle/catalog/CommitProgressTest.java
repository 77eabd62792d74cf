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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.api.ForbiddenException;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;

class CommitProgressTest {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final Identifier T = Identifier.create("db", "t");

    private long nanos;
    private final CommitProgress progress = new CommitProgress(() -> nanos);

    @Test
    void knowsNoCommitAtFirst() {
        assertThat(progress.timeLeft(T, DEADLINE)).isEmpty();
    }

    @Test
    void givesAllProposalsOfACommitOneDeadline() {
        progress.failed(T, nanos, 5);
        pass(Duration.ofSeconds(10));
        assertThat(progress.timeLeft(T, DEADLINE)).contains(Duration.ofSeconds(110));

        progress.failed(T, nanos, 5);
        pass(Duration.ofSeconds(10));
        assertThat(progress.timeLeft(T, DEADLINE)).contains(Duration.ofSeconds(100));
    }

    @Test
    void leavesNoTimeAfterTheDeadline() {
        progress.failed(T, nanos - DEADLINE.toNanos(), 5);

        assertThat(progress.timeLeft(T, DEADLINE)).contains(Duration.ZERO);
    }

    @Test
    void endsWithTheAnswer() {
        progress.failed(T, nanos, 5);
        progress.ended();

        assertThat(progress.timeLeft(T, DEADLINE)).isEmpty();
    }

    @Test
    void goesOnWhileTheProposedSnapshotIsNotSeen() {
        progress.failed(T, nanos, 5);
        progress.read(T, OptionalLong.empty());
        progress.read(T, OptionalLong.of(4));

        assertThat(progress.timeLeft(T, DEADLINE)).isPresent();
    }

    @Test
    void endsWhenASnapshotOfThatNumberIsSeen() {
        progress.failed(T, nanos, 5);
        progress.read(T, OptionalLong.of(5));

        assertThat(progress.timeLeft(T, DEADLINE))
                .as("found to be applied, or too late")
                .isEmpty();
    }

    @Test
    void doesNotShortenWhatTheThreadDoesLater() {
        progress.failed(T, nanos, 5);
        pass(Duration.ofSeconds(16));

        assertThat(progress.timeLeft(T, DEADLINE))
                .as("longer than Paimon waits between proposals")
                .isEmpty();
    }

    @Test
    void saysOnceWhyACommitWasRefusedForGood() {
        ForbiddenException refusal = new ForbiddenException("no");
        progress.refused(T, refusal);

        assertThatThrownBy(() -> progress.timeLeft(T, DEADLINE)).isSameAs(refusal);
        assertThat(progress.timeLeft(T, DEADLINE)).isEmpty();
    }

    @Test
    void forgetsARefusalThatNobodyAskedFor() {
        progress.refused(T, new ForbiddenException("no"));
        pass(Duration.ofSeconds(16));

        assertThatCode(() -> progress.timeLeft(T, DEADLINE)).doesNotThrowAnyException();
    }

    @Test
    void keepsTablesApart() {
        progress.refused(T, new ForbiddenException("no"));

        assertThat(progress.timeLeft(Identifier.create("db", "u"), DEADLINE)).isEmpty();
    }

    @Test
    void keepsNothingOutsideOfPaimonsLoop() {
        CommitProgress none = CommitProgress.none();
        none.refused(T, new ForbiddenException("no"));

        assertThat(none.timeLeft(T, DEADLINE)).isEmpty();
    }

    @Test
    void keepsThreadsApart() throws Exception {
        Thread other = new Thread(() -> progress.refused(T, new ForbiddenException("no")));
        other.start();
        other.join(10_000);

        assertThat(progress.timeLeft(T, DEADLINE)).isEmpty();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
