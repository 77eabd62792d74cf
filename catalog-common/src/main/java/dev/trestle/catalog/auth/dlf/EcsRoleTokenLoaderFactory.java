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

import dev.trestle.catalog.auth.AuthOptions;

/** {@code dlf.token-loader=ecs}: the token of the RAM role that is attached to this ECS instance. */
public final class EcsRoleTokenLoaderFactory implements DlfTokenLoaderFactory {

    private static final String DEFAULT_METADATA_URL =
            "http://100.100.100.200/latest/meta-data/Ram/security-credentials/";

    @Override
    public String identifier() {
        return "ecs";
    }

    @Override
    public DlfTokenLoader create(AuthOptions options) {
        return new EcsRoleTokenLoader(
                options.get(DlfOptions.ECS_METADATA_URL).orElse(DEFAULT_METADATA_URL),
                options.get(DlfOptions.ECS_ROLE_NAME));
    }
}
