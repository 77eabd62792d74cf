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
package dev.trestle.trino;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.google.inject.Binder;
import dev.trestle.catalog.CatalogOptions;
import io.airlift.configuration.AbstractConfigurationAwareModule;
import io.airlift.configuration.ConfigPropertyMetadata;
import java.util.Map;

/**
 * Takes the properties that begin with {@code trestle.} for the core, which knows them without that prefix and checks them.
 * Properties of this connector alone are those of {@link TrestleConfig}.
 */
final class CatalogOptionsModule extends AbstractConfigurationAwareModule {

    private static final String PREFIX = "trestle.";

    @Override
    protected void setup(Binder binder) {
        Map<String, String> options = getProperties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(PREFIX))
                .filter(property -> !TrestleConfig.PROPERTIES.contains(property.getKey()))
                .collect(toUnmodifiableMap(
                        property -> property.getKey().substring(PREFIX.length()), Map.Entry::getValue));
        options.forEach((key, value) ->
                consumeProperty(new ConfigPropertyMetadata(PREFIX + key, CatalogOptions.isSecret(key))));
        binder.bind(CoreOptions.class).toInstance(new CoreOptions(options));
    }
}
