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
package dev.trestle.catalog.http;

import dev.trestle.catalog.http.AttemptResult.Answered;
import dev.trestle.catalog.http.AttemptResult.Failed;
import dev.trestle.catalog.http.AttemptResult.Reach;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.time.Duration;

/** Which attempts are worth another one, and after how long. Stateless. */
final class RetryPolicy {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private RetryPolicy() {}

    static boolean repeats(Repeat repeat, AttemptResult result) {
        if (result instanceof Failed failed) {
            return !failed.lasting() && (isRepeatable(repeat) || !failed.reach().mayHaveArrived());
        }
        Answered answered = (Answered) result;
        return wasRefusedForNow(answered) || (isRepeatable(repeat) && isTrouble(answered.status()));
    }

    /** Whether the service may have acted on an attempt that is followed by another one. */
    static boolean mayHaveArrived(AttemptResult result) {
        if (result instanceof Failed failed) {
            return failed.reach().mayHaveArrived();
        }
        return !wasRefusedForNow((Answered) result);
    }

    /**
     * How long to wait before the next attempt: doubling from half a second up to ten, half of it by chance; at least what
     * the service asked for; nothing where a pooled connection turned out to be dead.
     *
     * @param attempts how many there were, 1 or more
     */
    static Duration wait(AttemptResult result, int attempts, double jitter) {
        if (result instanceof Failed failed && failed.reach() == Reach.LOST_ON_REUSED_CONNECTION) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 10));
        Duration capped = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        Duration spread = Duration.ofNanos((long) (capped.toNanos() * (0.5 + jitter / 2)));
        Duration asked =
                result instanceof Answered answered ? answered.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        return asked.compareTo(spread) > 0 ? asked : spread;
    }

    private static boolean isRepeatable(Repeat repeat) {
        return repeat != Repeat.CHANGE;
    }

    /** The service says that it has not acted, and when to come back. */
    private static boolean wasRefusedForNow(Answered answered) {
        return answered.status() == 429
                || (answered.status() == 503 && answered.retryAfter().isPresent());
    }

    private static boolean isTrouble(int status) {
        return status == 502 || status == 503 || status == 504;
    }
}
