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

/**
 * The pauses of one wait until a deadline: an eighth of what was waited so far, at least 10 ms and at most 1 s. So one hears
 * soon of what is quick, of a long job hardly later than it ends, and asks seldom.
 */
final class PollSchedule {

    private static final int SHARE_OF_WAIT = 8;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final PollClock clock;
    private final long start;
    private final Duration timeout;

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
        Duration waited = Duration.ofNanos(clock.nanoTime() - start);
        Duration left = timeout.minus(waited);
        if (left.isNegative() || left.isZero()) {
            return false;
        }
        Duration pause = shorter(longer(waited.dividedBy(SHARE_OF_WAIT), SHORTEST_PAUSE), shorter(LONGEST_PAUSE, left));
        try {
            clock.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException("Interrupted while waiting for the gateway", e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
