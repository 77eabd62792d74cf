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
import java.util.Optional;
import okhttp3.Headers;

/** How one attempt of a call ended. */
sealed interface AttemptResult {

    /** A complete answer came. */
    record Answered(int status, Headers headers, byte[] body, Optional<Duration> retryAfter) implements AttemptResult {}

    /**
     * No complete answer came.
     *
     * @param what happened, for the message, without secrets
     * @param advice what to check, for the message
     * @param reach how far the request got
     * @param lasting whether another attempt would fail alike
     */
    record Failed(String what, String advice, Reach reach, boolean lasting, Throwable cause) implements AttemptResult {}

    /** How far a request got. */
    enum Reach {
        /** A pooled connection was found dead before anything was written to it. */
        DEAD_CONNECTION,
        /** No connection was made, so nothing was written. */
        NOT_CONNECTED,
        /** Written, at least in part, to a pooled connection that then failed before the first byte of an answer. */
        LOST_ON_REUSED_CONNECTION,
        /** Written, at least in part. */
        SENT;

        boolean mayHaveArrived() {
            return this == SENT || this == LOST_ON_REUSED_CONNECTION;
        }
    }
}
