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

import dev.trestle.catalog.auth.AuthenticationException;

/** Sends calls to the one configured origin, with authentication, retries and time limits. Safe for many threads. */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends a call, again where {@link HttpCall#repeat} allows it, and returns the service's answer whatever its status.
     *
     * <p>Within one call its time limits hold, and those of {@link CallContext#withDeadline}.
     *
     * @throws IllegalArgumentException if a segment is a name that no URL can carry: empty, or {@code .} or {@code ..}
     * @throws TransportInterruptedException if the thread is interrupted; its flag stays set
     * @throws TransportException if no complete answer arrived; it says whether the service can have applied the call
     * @throws AuthenticationException if no credential could be had; nothing was sent
     */
    HttpAnswer send(HttpCall call);

    @Override
    void close();
}
