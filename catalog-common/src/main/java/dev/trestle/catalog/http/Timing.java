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

import java.time.Duration;
import java.time.Instant;

/** What the transport knows of time and chance: replaced in tests, so that no test sleeps. */
interface Timing {

    /** A monotonic clock, for time limits. */
    long nanoTime();

    /** The wall clock, for dates that a service sends. */
    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    /** A number from 0 inclusive to 1 exclusive, which spreads the repeats of many clients. */
    double jitter();

    static Timing system() {
        return SystemTiming.INSTANCE;
    }
}
