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

import static io.airlift.configuration.ConfigBinder.configBinder;

import com.google.inject.Binder;
import io.airlift.configuration.AbstractConfigurationAwareModule;

/** Binds what chooses as whom the catalog speaks to the service. */
public final class IdentityModule extends AbstractConfigurationAwareModule {

    @Override
    protected void setup(Binder binder) {
        configBinder(binder).bindConfig(IdentityConfig.class);
        configBinder(binder).bindConfig(UserTokenConfig.class);
        if (buildConfigObject(IdentityConfig.class).getSecurity() != IdentitySource.USER_TOKEN) {
            getProperties().keySet().stream()
                    .filter(UserTokenConfig.PROPERTIES::contains)
                    .sorted()
                    .forEach(property -> binder.addError(
                            "Property '%s' has a meaning only with '%s' = 'user-token'",
                            property, IdentityConfig.SECURITY));
        }
    }
}
