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

/**
 * Gets tokens from where they are issued. The library calls {@link #loadToken} only when a token is needed, by one thread at
 * a time; it keeps the token and follows its expiration.
 *
 * @param <T> the token's form
 */
public interface TokenLoader<T extends ExpiringToken> extends AutoCloseable {

    /**
     * Gets a token, with whatever I/O that takes, bounded in time.
     *
     * @throws AuthenticationException if there is none to be had; the message says where it was looked for and holds no
     *     secret
     */
    T loadToken();

    /**
     * Whether {@link #loadToken} would give another token than it gave last. Asked for every request and by many threads:
     * cheap, no network, never an exception.
     */
    default boolean hasNewerToken() {
        return false;
    }

    /** Where the tokens come from, for logs and messages, such as {@code file '/etc/dlf/token'}; no secret. */
    String description();

    @Override
    default void close() {}
}
