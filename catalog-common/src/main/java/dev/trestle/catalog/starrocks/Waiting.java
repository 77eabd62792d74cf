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
package dev.trestle.catalog.starrocks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Time, as it passes for who waits for a task; a test's own does not pass.
 *
 * @param nanoTime a monotonic clock
 */
record Waiting(LongSupplier nanoTime, Sleeper sleeper) {

    static final Waiting REAL = new Waiting(System::nanoTime, pause -> Thread.sleep(pause.toMillis()));

    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    Waiting {
        requireNonNull(nanoTime, "nanoTime is null");
        requireNonNull(sleeper, "sleeper is null");
    }
}
