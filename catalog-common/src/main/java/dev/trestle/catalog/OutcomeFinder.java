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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.http.CallContext;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Finds out what became of a change whose answer was lost, by reading. An after-state proves that it was done; a
 * before-state proves nothing, since a slow request may still land.
 */
final class OutcomeFinder {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** For reading, where the change itself has used up the deadline. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(10);

    private final Duration deadline;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    /** Waits; a test's own does not. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    OutcomeFinder(Duration deadline, LongSupplier nanoTime, Sleeper sleeper) {
        this.deadline = requireNonNull(deadline, "deadline is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.sleeper = requireNonNull(sleeper, "sleeper is null");
    }

    /** What reading has shown of a change. */
    private enum Sight {
        DONE,
        NOT_DONE_YET,
        UNREADABLE
    }

    /**
     * Makes a change, and where its outcome is uncertain reads until it is seen to be done, all within the deadline.
     *
     * @param seenDone whether what the service holds now proves that the change was applied; asked until the service could
     *     be read once where it had answered itself, else until the deadline. An {@link AlreadyExistsException} of it says
     *     that the change cannot be applied any more
     * @param advice what to look at before the statement is repeated, as a sentence
     * @throws OutcomeUnknownException if the change was not seen to be done
     */
    void settle(Runnable change, BooleanSupplier seenDone, String advice) {
        long start = nanoTime.getAsLong();
        try {
            change.run();
        } catch (OutcomeUncertainException e) {
            Sight sight = look(e, seenDone, start + deadline.toNanos());
            if (sight == Sight.NOT_DONE_YET && e.refusal().isPresent()) {
                throw e.refusal().get();
            }
            if (sight != Sight.DONE) {
                throw new OutcomeUnknownException(
                        e.getMessage() + ". Whether it was applied is unknown. " + advice + " before repeating it", e);
            }
        }
    }

    private Sight look(OutcomeUncertainException uncertain, BooleanSupplier seenDone, long deadlineNanos) {
        long least = nanoTime.getAsLong() + min(deadline, LEAST_TIME).toNanos();
        long end = least - deadlineNanos > 0 ? least : deadlineNanos;
        Duration pause = FIRST_PAUSE;
        while (true) {
            Sight sight = lookOnce(uncertain, seenDone, Duration.ofNanos(end - nanoTime.getAsLong()));
            if (sight == Sight.DONE || (sight == Sight.NOT_DONE_YET && uncertain.answered())) {
                return sight;
            }
            if (nanoTime.getAsLong() + pause.toNanos() - end >= 0 || !slept(pause)) {
                return sight;
            }
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    /** A failure to read says nothing about the change. */
    private static Sight lookOnce(OutcomeUncertainException uncertain, BooleanSupplier seenDone, Duration timeLeft) {
        try (CallContext.Scope scope = CallContext.withDeadline(timeLeft)) {
            return seenDone.getAsBoolean() ? Sight.DONE : Sight.NOT_DONE_YET;
        } catch (AlreadyExistsException e) {
            throw e;
        } catch (ServiceException | UnsupportedByServiceException | AuthenticationException e) {
            uncertain.addSuppressed(e);
            return Sight.UNREADABLE;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private boolean slept(Duration pause) {
        try {
            sleeper.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
