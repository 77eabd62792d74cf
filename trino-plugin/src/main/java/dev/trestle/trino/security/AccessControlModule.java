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

import com.google.inject.Binder;
import io.airlift.configuration.AbstractConfigurationAwareModule;
import io.trino.plugin.base.security.AllowAllSecurityModule;
import io.trino.plugin.base.security.ConnectorAccessControlModule;
import io.trino.plugin.base.security.FileBasedAccessControlModule;
import io.trino.plugin.base.security.ReadOnlySecurityModule;

/** Chooses among Trino's kinds of access control. */
public final class AccessControlModule extends AbstractConfigurationAwareModule {

    @Override
    protected void setup(Binder binder) {
        install(new ConnectorAccessControlModule());
        switch (buildConfigObject(AccessControlConfig.class).getAccessControl()) {
            case ALLOW_ALL -> install(new AllowAllSecurityModule());
            case READ_ONLY -> install(new ReadOnlySecurityModule());
            case FILE -> install(new FileBasedAccessControlModule());
            case SYSTEM -> {
                // Where a connector has no access control of its own, the server's is asked.
            }
        }
    }
}
