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

/** What Trino itself lets users do in the catalog, before the service is asked. */
public class AccessControlConfig {

    /** The property that chooses. */
    public static final String ACCESS_CONTROL = "trestle.access-control";

    /** Trino's own kinds of access control. */
    public enum AccessControl {
        ALLOW_ALL,
        READ_ONLY,
        /** Rules in the file that {@code security.config-file} names. */
        FILE,
        /** The access control of the whole server. */
        SYSTEM
    }

    private AccessControl accessControl = AccessControl.ALLOW_ALL;

    @NotNull
    public AccessControl getAccessControl() {
        return accessControl;
    }

    @Config(ACCESS_CONTROL)
    @ConfigDescription("What Trino lets users do, before the service is asked: allow-all, read-only, file, system")
    public AccessControlConfig setAccessControl(AccessControl accessControl) {
        this.accessControl = accessControl;
        return this;
    }
}
