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
package dev.trestle.catalog.auth.oauth2;

/** The names of the options of {@code token.provider=oauth2}. */
final class OAuth2Options {

    static final String SERVER_URI = "oauth2.server-uri";
    static final String CLIENT_ID = "oauth2.client-id";
    static final String CLIENT_SECRET = "oauth2.client-secret";
    static final String SCOPE = "oauth2.scope";
    static final String AUDIENCE = "oauth2.audience";
    static final String CLIENT_AUTH = "oauth2.client-auth";

    private OAuth2Options() {}
}
