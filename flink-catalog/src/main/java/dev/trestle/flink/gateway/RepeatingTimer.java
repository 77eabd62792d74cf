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

import java.time.Duration;

/** Does things again and again in a thread of its own, until it is closed. */
interface RepeatingTimer extends AutoCloseable {

    /** A thing that is being repeated. */
    @FunctionalInterface
    interface Repetition {
        void stop();
    }

    /** Does it first after one interval. What it throws ends the repetition. */
    Repetition repeat(Duration interval, Runnable task);

    @Override
    void close();
}
