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

import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ServiceUnavailableException;
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

    /**
     * Makes a change, and where its outcome is uncertain reads until it is seen to be done.
     *
     * @param seenDone whether what the service holds now proves that the change was applied; asked once where the service
     *     itself answered, else until the deadline
     * @param advice what to look at before the statement is repeated, as a sentence
     * @throws OutcomeUnknownException if the change was not seen to be done
     */
    void settle(Runnable change, BooleanSupplier seenDone, String advice) {
        try {
            change.run();
        } catch (OutcomeUncertainException e) {
            if (!isSeenDone(e, seenDone)) {
                throw new OutcomeUnknownException(
                        e.getMessage() + ". Whether it was applied is unknown. " + advice + " before repeating it", e);
            }
        }
    }

    private boolean isSeenDone(OutcomeUncertainException uncertain, BooleanSupplier seenDone) {
        long end = nanoTime.getAsLong() + deadline.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                if (seenDone.getAsBoolean()) {
                    return true;
                }
                if (uncertain.answered()) {
                    return false;
                }
            } catch (ServiceUnavailableException e) {
                uncertain.addSuppressed(e);
            }
            if (nanoTime.getAsLong() + pause.toNanos() >= end || !slept(pause)) {
                return false;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
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
