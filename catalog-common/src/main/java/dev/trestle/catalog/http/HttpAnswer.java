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

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * A complete answer of the service, whatever its status.
 *
 * @param contentType the Content-Type header without parameters, in lower case
 * @param body the bytes, decompressed; empty where there are none. Not copied: to be read only
 * @param requestId the service's id of the request where it sent one, else the id that the client sent
 * @param attempts how many times the call was sent, 1 or more
 * @param resent whether the service may have acted on an earlier attempt of a change, so that a "conflict" or "not found" may
 *     be the echo of that attempt. Not so where that was refused for its credential, or could not be sent
 * @param retryAfter how long the service asks to wait before it is asked again
 */
public record HttpAnswer(
        int status,
        Optional<String> contentType,
        byte[] body,
        String requestId,
        int attempts,
        boolean resent,
        Optional<Duration> retryAfter) {

    /** An answer that does not say when to ask again. */
    public HttpAnswer(
            int status, Optional<String> contentType, byte[] body, String requestId, int attempts, boolean resent) {
        this(status, contentType, body, requestId, attempts, resent, Optional.empty());
    }

    public HttpAnswer {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(body, "body is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(retryAfter, "retryAfter is null");
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Without the body, which may hold anything. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes, request id " + requestId + "]";
    }
}
