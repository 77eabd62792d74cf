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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.factories.FactoryException;
import org.apache.paimon.factories.FactoryUtil;
import org.apache.paimon.options.Options;
import org.apache.paimon.rest.auth.DLFToken;
import org.apache.paimon.rest.auth.DLFTokenLoader;
import org.apache.paimon.rest.auth.DLFTokenLoaderFactory;

/** A token loader that a user wrote for Paimon's own REST catalog, so that it need not be written twice. */
final class PaimonTokenLoader implements DlfTokenLoader {

    private final DLFTokenLoaderFactory factory;
    private final AuthOptions options;

    /** Made at the first load, since its options may refer to files. */
    private volatile DLFTokenLoader loader;

    private PaimonTokenLoader(DLFTokenLoaderFactory factory, AuthOptions options) {
        this.factory = requireNonNull(factory, "factory is null");
        this.options = requireNonNull(options, "options is null");
    }

    /** The loader of a name, if a factory of Paimon's has it. */
    static Optional<DlfTokenLoader> find(String identifier, AuthOptions options) {
        return Stream.of(Thread.currentThread().getContextClassLoader(), DLFTokenLoaderFactory.class.getClassLoader())
                .flatMap(loader -> factory(loader, identifier).stream())
                .findFirst()
                .map(factory -> new PaimonTokenLoader(factory, options));
    }

    private static Optional<DLFTokenLoaderFactory> factory(ClassLoader loader, String identifier) {
        if (loader == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(FactoryUtil.discoverFactory(loader, DLFTokenLoaderFactory.class, identifier));
        } catch (FactoryException e) {
            return Optional.empty();
        }
    }

    @Override
    public DlfToken loadToken() {
        DLFTokenLoader current = loader;
        if (current == null) {
            current = factory.create(resolvedOptions());
            loader = current;
        }
        DLFToken token = current.loadToken();
        if (token == null) {
            throw new AuthenticationException(description() + " gave no token");
        }
        return new DlfToken(
                token.getAccessKeyId(),
                token.getAccessKeySecret(),
                Optional.ofNullable(token.getSecurityToken()),
                Optional.ofNullable(token.getExpirationAtMills()).map(Instant::ofEpochMilli));
    }

    private Options resolvedOptions() {
        Options resolved = new Options();
        options.asMap()
                .forEach((key, value) -> revealed(key, value).ifPresent(revealed -> resolved.set(key, revealed)));
        return resolved;
    }

    /** Empty for what cannot be read, and is none of the token's options: a loader that needs it misses it by name. */
    private static Optional<String> revealed(String key, String value) {
        try {
            return Optional.of(Secret.of(key, value).reveal());
        } catch (AuthenticationException e) {
            if (key.startsWith("dlf.")) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public String description() {
        return "token loader '" + factory.identifier() + "'";
    }
}
