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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.auth.AuthenticationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeFinderTest {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final List<Duration> sleeps = new ArrayList<>();
    private long nanos;
    private int reads;

    private final OutcomeFinder finder = new OutcomeFinder(DEADLINE, () -> nanos, pause -> {
        sleeps.add(pause);
        nanos += pause.toNanos();
    });

    @Test
    void readsNothingWhereTheServiceAnswered() {
        settle(() -> {}, this::neverDone);

        assertThat(reads).isZero();
    }

    @Test
    void handsOnWhatTheServiceRefused() {
        assertThatThrownBy(() -> settle(
                        () -> {
                            throw new BadRequestException("no");
                        },
                        this::neverDone))
                .isInstanceOf(BadRequestException.class);
        assertThat(reads).isZero();
    }

    @Test
    void isContentWithAChangeThatIsSeen() {
        settle(OutcomeFinderTest::lost, () -> true);

        assertThat(sleeps).isEmpty();
    }

    @Test
    void waitsForASlowRequestToLand() {
        settle(OutcomeFinderTest::lost, () -> ++reads == 4);

        assertThat(sleeps).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void neverCallsAChangeNotDoneOnlyBecauseItIsNotSeen() {
        assertThatThrownBy(() -> settle(OutcomeFinderTest::lost, this::neverDone))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("answer lost")
                .hasMessageContaining("is unknown")
                .hasMessageContaining("Look at table 't' before repeating it")
                .as("no cause, since of a chain Flink's clients show the last alone")
                .hasNoCause();
        assertThat(nanos).isBetween(DEADLINE.minusSeconds(2).toNanos(), DEADLINE.toNanos());
        assertThat(sleeps).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void countsTheTimeOfTheChangeItself() {
        assertThatThrownBy(() -> settle(
                        () -> {
                            nanos += DEADLINE.minusSeconds(30).toNanos();
                            lost();
                        },
                        this::neverDone))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(nanos).isLessThanOrEqualTo(DEADLINE.toNanos());
    }

    @Test
    void readsForAMomentWhereTheChangeTookAllTheTime() {
        settle(
                () -> {
                    nanos += DEADLINE.toNanos();
                    lost();
                },
                () -> ++reads == 3);

        assertThat(reads).isEqualTo(3);
    }

    @Test
    void readsOnceWhereTheServiceItselfAnsweredWithAFailure() {
        assertThatThrownBy(() -> settle(
                        () -> {
                            throw new OutcomeUncertainException("HTTP 500", true, null);
                        },
                        this::neverDone))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("HTTP 500");
        assertThat(reads).isEqualTo(1);
        assertThat(sleeps).isEmpty();
    }

    static Stream<RuntimeException> failuresToRead() {
        return Stream.of(
                new ServiceUnavailableException("down"),
                new NotAuthenticatedException("401"),
                new ForbiddenException("403"),
                new EndpointMissingException("an HTML page"),
                new AuthenticationException("no token"));
    }

    @ParameterizedTest
    @MethodSource("failuresToRead")
    void concludesNothingFromAFailureToRead(RuntimeException failure) {
        assertThatThrownBy(() -> settle(OutcomeFinderTest::lost, () -> {
                    throw failure;
                }))
                .isInstanceOf(OutcomeUnknownException.class)
                .satisfies(unknown -> assertThat(
                                ((OutcomeUnknownException) unknown).reason().getSuppressed())
                        .contains(failure));
    }

    @ParameterizedTest
    @MethodSource("failuresToRead")
    void readsOnAfterAFailureToRead(RuntimeException failure) {
        settle(
                () -> {
                    throw new OutcomeUncertainException("HTTP 500", true, null);
                },
                () -> {
                    if (++reads < 3) {
                        throw failure;
                    }
                    return true;
                });

        assertThat(reads).isEqualTo(3);
    }

    @Test
    void saysWhenTheChangeCannotBeAppliedAnyMore() {
        assertThatThrownBy(() -> settle(OutcomeFinderTest::lost, () -> {
                    throw new AlreadyExistsException("exists and differs", ResourceType.TABLE, "t");
                }))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void takesARefusalAsTheEchoOfAChangeThatIsSeen() {
        settle(() -> echo(new AlreadyExistsException("exists", ResourceType.TABLE, "t")), () -> ++reads == 1);

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void takesARefusalForWhatItSaysWhereTheChangeIsNotSeen() {
        ServiceException refusal = new AlreadyExistsException("exists", ResourceType.TABLE, "t");

        assertThatThrownBy(() -> settle(() -> echo(refusal), this::neverDone)).isSameAs(refusal);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void doesNotTrustARefusalThatItCannotCheck() {
        assertThatThrownBy(
                        () -> settle(() -> echo(new AlreadyExistsException("exists", ResourceType.TABLE, "t")), () -> {
                            throw new ServiceUnavailableException("down");
                        }))
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void stopsWhenTheThreadIsInterrupted() {
        OutcomeFinder interrupted = new OutcomeFinder(DEADLINE, () -> nanos, pause -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> interrupted.settle(OutcomeFinderTest::lost, this::neverDone, "Look"))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(reads).isEqualTo(1);
    }

    private void settle(Runnable change, BooleanSupplier seenDone) {
        finder.settle(change, seenDone, "Look at table 't'");
    }

    private boolean neverDone() {
        reads++;
        return false;
    }

    private static void lost() {
        throw new OutcomeUncertainException("answer lost", false, null);
    }

    private static void echo(ServiceException refusal) {
        throw new OutcomeUncertainException(refusal);
    }
}
