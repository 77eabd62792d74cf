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

/** Told about every call when it ends. Implementations are safe for many threads, do not block, and do not throw. */
@FunctionalInterface
public interface HttpMetrics {

    /** Forgets everything. */
    HttpMetrics NONE = (operation, attempts, elapsed, failed) -> {};

    /**
     * A call has ended.
     *
     * @param operation as in {@link HttpCall#operation}
     * @param attempts how many times it was sent; 0 where nothing left
     * @param elapsed with all attempts and the waits between them
     * @param failed whether no answer came although it was waited for, or one that is neither a success nor what a catalog
     *     answers about its objects (404, 409)
     */
    void callEnded(String operation, int attempts, Duration elapsed, boolean failed);
}
