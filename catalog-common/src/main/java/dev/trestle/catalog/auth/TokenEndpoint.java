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
package dev.trestle.catalog.auth;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/** One service that issues tokens for credentials (RFC 6749, section 3.2). Safe for use by many threads. */
public interface TokenEndpoint extends AutoCloseable {

    /**
     * Asks for a token, again where the service is in trouble for the moment, and returns its answer whatever the status.
     * A redirect is not followed: the credentials are for this service only.
     *
     * @param form sent in the body, form-encoded
     * @param authorization the header of that name
     * @throws AuthenticationException if no complete answer came; the message says what happened and what to check, and
     *     holds no secret
     */
    Answer post(Map<String, String> form, Optional<String> authorization);

    @Override
    void close();

    /**
     * A complete answer.
     *
     * @param mediaType of the body, in lower case and without parameters
     * @param body as text; may hold a token
     * @param requestId with which the service finds the request in its log
     */
    record Answer(int status, Optional<String> mediaType, String body, String requestId) {

        public Answer {
            requireNonNull(mediaType, "mediaType is null");
            requireNonNull(body, "body is null");
            requireNonNull(requestId, "requestId is null");
        }

        /** Without the body. */
        @Override
        public String toString() {
            return "Answer[" + status + ", " + mediaType.orElse("no media type") + "]";
        }
    }
}
