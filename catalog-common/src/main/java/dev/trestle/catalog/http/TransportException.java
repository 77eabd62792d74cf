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

/** No complete answer arrived, after every attempt that was allowed. Its message holds no secret and no body. */
public class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether the service can have acted on the call. */
    public enum Delivery {
        /** No attempt reached the service, or it pointed elsewhere instead of acting: nothing has changed there. */
        NOT_SENT,
        /** An attempt left and its answer was lost, was cut, or was of no use: the service may have applied it. */
        UNKNOWN
    }

    private final Delivery delivery;
    private final String requestId;

    public TransportException(String message, Delivery delivery, String requestId, Throwable cause) {
        super(message, cause);
        this.delivery = requireNonNull(delivery, "delivery is null");
        this.requestId = requireNonNull(requestId, "requestId is null");
    }

    public Delivery delivery() {
        return delivery;
    }

    /** The id that the client sent with its last attempt. */
    public String requestId() {
        return requestId;
    }
}
