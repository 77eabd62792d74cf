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
package dev.trestle.catalog.auth.dlf;

/** The options of DLF authentication; Paimon's names. */
final class DlfOptions {

    static final String URI = "uri";
    static final String REGION = "dlf.region";
    static final String SIGNING_ALGORITHM = "dlf.signing-algorithm";
    static final String TOKEN_LOADER = "dlf.token-loader";
    static final String TOKEN_PATH = "dlf.token-path";
    static final String ACCESS_KEY_ID = "dlf.access-key-id";
    static final String ACCESS_KEY_SECRET = "dlf.access-key-secret";
    static final String SECURITY_TOKEN = "dlf.security-token";
    static final String ECS_METADATA_URL = "dlf.token-ecs-metadata-url";
    static final String ECS_ROLE_NAME = "dlf.token-ecs-role-name";

    private DlfOptions() {}
}
