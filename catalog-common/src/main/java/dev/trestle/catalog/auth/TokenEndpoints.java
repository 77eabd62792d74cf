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

import java.net.URI;

/** Opens the way to services that issue tokens, with the catalog's TLS, proxy and time limits. */
@FunctionalInterface
public interface TokenEndpoints {

    /** Where there is no network to be used. */
    TokenEndpoints NONE = (option, uri) -> {
        throw new IllegalStateException("Option '" + option + "': no connection can be made from here");
    };

    /**
     * Opens one; sends nothing. Whoever opens it closes it.
     *
     * @param option the option that says where it is, for messages
     * @param uri where it is; may have a query, which is sent as it is
     * @throws IllegalArgumentException if it is no address of a service; the message names the option
     */
    TokenEndpoint open(String option, URI uri);
}
