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
package dev.trestle.flink.gateway;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The pauses of one wait: from 50 ms, doubled up to 1 s, until a deadline. */
final class PollSchedule {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final PollClock clock;
    private final long start;
    private final Duration timeout;
    private Duration nextPause = FIRST_PAUSE;

    PollSchedule(PollClock clock, Duration timeout) {
        this.clock = requireNonNull(clock, "clock is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.start = clock.nanoTime();
    }

    /**
     * Sleeps for the next pause, or what is left before the deadline. False, at once, if nothing is left.
     *
     * @throws GatewayException if the thread was interrupted; its flag is set again
     */
    boolean pause() {
        Duration left = timeout.minusNanos(clock.nanoTime() - start);
        if (left.isNegative() || left.isZero()) {
            return false;
        }
        Duration pause = nextPause.compareTo(left) < 0 ? nextPause : left;
        Duration doubled = nextPause.multipliedBy(2);
        nextPause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        try {
            clock.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException("Interrupted while waiting for the gateway", e);
        }
    }
}
