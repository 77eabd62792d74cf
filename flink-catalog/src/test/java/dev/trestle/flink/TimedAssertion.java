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
package dev.trestle.flink;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** An assertion that becomes true when a change by another client is seen. */
final class TimedAssertion {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private TimedAssertion() {}

    /** Asserts again and again, until it holds or the time is over. */
    static void eventually(Runnable assertion) {
        Instant deadline = Instant.now().plus(LONGEST);
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }
}
