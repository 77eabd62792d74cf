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

import java.util.Map;

/**
 * Says who the client is, one attempt of a request at a time.
 *
 * <p>Called inside the retry loop, so that a signature covers the bytes, the encoded URL and the moment of the attempt that
 * is really sent. Implementations are safe for use by many threads, and load tokens lazily, one flight at a time.
 */
public interface AuthProvider extends AutoCloseable {

    /**
     * The headers that authenticate this attempt, to be sent exactly as returned. May do I/O where a token has to be
     * loaded.
     *
     * @throws AuthenticationException if no valid token can be had; the request must then not leave
     */
    Map<String, String> headers(RequestToSign request);

    /**
     * Called after the service answered 401: forgets a cached token, so that the next {@link #headers} loads another one.
     *
     * @return whether a second attempt can carry anything different; false where the credential is fixed
     */
    boolean invalidate();

    /** Frees what the provider itself opened, such as a connection to a metadata service. */
    @Override
    default void close() {}
}
