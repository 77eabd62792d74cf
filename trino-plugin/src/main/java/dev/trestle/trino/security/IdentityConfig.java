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
package dev.trestle.trino.security;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import jakarta.validation.constraints.NotNull;

/** As whom the catalog speaks to the service. */
public class IdentityConfig {

    /** The property that chooses. */
    public static final String SECURITY = "trestle.security";

    private IdentitySource security = IdentitySource.NONE;

    @NotNull
    public IdentitySource getSecurity() {
        return security;
    }

    @Config(SECURITY)
    @ConfigDescription(
            "As whom the catalog speaks to the service: none, always as the catalog itself; user-token, as the"
                    + " user of the session, with a token that the session carries")
    public IdentityConfig setSecurity(IdentitySource security) {
        this.security = security;
        return this;
    }
}
