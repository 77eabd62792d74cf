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
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.google.inject.Binder;
import dev.trestle.catalog.CatalogOptions;
import dev.trestle.trino.security.AccessControlConfig;
import dev.trestle.trino.security.IdentityConfig;
import dev.trestle.trino.security.IdentitySource;
import dev.trestle.trino.security.OwnCredentials;
import dev.trestle.trino.security.UserTokenConfig;
import io.airlift.configuration.AbstractConfigurationAwareModule;
import io.airlift.configuration.ConfigPropertyMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the properties that begin with {@code trestle.} for the core, which knows them without that prefix and checks them.
 * Properties of this connector alone are those of its config classes.
 */
final class CatalogOptionsModule extends AbstractConfigurationAwareModule {

    /** The properties that config classes read. */
    private static final Set<String> OWN = Stream.of(
                    TrestleConfig.PROPERTIES,
                    UserTokenConfig.PROPERTIES,
                    Set.of(IdentityConfig.SECURITY, AccessControlConfig.ACCESS_CONTROL))
            .flatMap(Set::stream)
            .collect(toUnmodifiableSet());

    /**
     * Trino resolves <code>${…}</code> in a catalog file itself, once, and does not know files. So a reference that the core
     * is to resolve, at each use, is written with an at sign.
     */
    private static final Pattern REFERENCE = Pattern.compile("@\\{((env|file):[^{}]+)}");

    @Override
    protected void setup(Binder binder) {
        Map<String, String> options = getProperties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(PropertyNames.PREFIX))
                .filter(property -> !OWN.contains(property.getKey()))
                .collect(toUnmodifiableMap(
                        property -> property.getKey().substring(PropertyNames.PREFIX.length()),
                        property -> REFERENCE
                                .matcher(property.getValue())
                                .replaceAll(reference -> Matcher.quoteReplacement("${" + reference.group(1) + "}"))));
        options.forEach((key, value) ->
                consumeProperty(new ConfigPropertyMetadata(PropertyNames.PREFIX + key, CatalogOptions.isSecret(key))));
        Set<String> own = OWN.stream()
                .map(property -> property.substring(PropertyNames.PREFIX.length()))
                .collect(toUnmodifiableSet());
        CatalogOptions.violations(options, own)
                .forEach(violation -> binder.addError("%s", asWritten(violation, options)));
        unusedCredentials(options)
                .forEach(key -> binder.addError(
                        "Property '%s' says who the catalog is, but no session uses that: remove it, or set '%s' to"
                                + " 'catalog'",
                        PropertyNames.PREFIX + key, UserTokenConfig.FALLBACK));
        binder.bind(CoreOptions.class).toInstance(new CoreOptions(options));
    }

    private static String asWritten(String violation, Map<String, String> options) {
        Set<String> named = Stream.concat(
                        options.keySet().stream(),
                        OWN.stream().map(property -> property.substring(PropertyNames.PREFIX.length())))
                .collect(toUnmodifiableSet());
        return PropertyNames.asWritten(violation, named);
    }

    private List<String> unusedCredentials(Map<String, String> options) {
        boolean everySessionHasItsOwn =
                buildConfigObject(IdentityConfig.class).getSecurity() == IdentitySource.USER_TOKEN
                        && buildConfigObject(UserTokenConfig.class).getFallback() == UserTokenConfig.Fallback.DENY;
        return everySessionHasItsOwn ? OwnCredentials.among(options) : List.of();
    }
}
