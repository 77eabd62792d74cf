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

import static dev.trestle.catalog.auth.dlf.DlfOptions.ACCESS_KEY_ID;
import static dev.trestle.catalog.auth.dlf.DlfOptions.ACCESS_KEY_SECRET;
import static dev.trestle.catalog.auth.dlf.DlfOptions.REGION;
import static dev.trestle.catalog.auth.dlf.DlfOptions.SECURITY_TOKEN;
import static dev.trestle.catalog.auth.dlf.DlfOptions.SIGNING_ALGORITHM;
import static dev.trestle.catalog.auth.dlf.DlfOptions.TOKEN_LOADER;
import static dev.trestle.catalog.auth.dlf.DlfOptions.TOKEN_PATH;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthProviderFactory;
import dev.trestle.catalog.auth.NamedFactories;
import dev.trestle.catalog.auth.RefreshingToken;
import dev.trestle.catalog.auth.TokenSource;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code token.provider=dlf}: requests are signed with an access key of Alibaba Cloud. */
public final class DlfAuthProviderFactory implements AuthProviderFactory {

    private static final Logger LOG = LoggerFactory.getLogger(DlfAuthProviderFactory.class);

    private final Clock clock;

    /** Signs by the machine's clock. */
    public DlfAuthProviderFactory() {
        this(Clock.systemUTC());
    }

    DlfAuthProviderFactory(Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String identifier() {
        return "dlf";
    }

    @Override
    public AuthProvider create(AuthOptions options) {
        RequestSigner signer = signer(options);
        return new DlfAuthProvider(tokens(options), signer, clock);
    }

    private static RequestSigner signer(AuthOptions options) {
        DlfEndpoint endpoint = DlfEndpoint.of(options.require(DlfOptions.URI));
        String algorithm = options.get(SIGNING_ALGORITHM)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .orElse(endpoint.isOpenApi() ? OpenApiSigner.IDENTIFIER : DefaultSigner.IDENTIFIER);
        return switch (algorithm) {
            case DefaultSigner.IDENTIFIER -> new DefaultSigner(region(options, endpoint));
            case OpenApiSigner.IDENTIFIER -> new OpenApiSigner();
            default ->
                throw new IllegalArgumentException("Option '" + SIGNING_ALGORITHM + "' is '" + algorithm
                        + "', which is unknown. Known: " + DefaultSigner.IDENTIFIER + ", " + OpenApiSigner.IDENTIFIER);
        };
    }

    private static String region(AuthOptions options, DlfEndpoint endpoint) {
        return options.get(REGION)
                .or(endpoint::region)
                .orElseThrow(() -> new IllegalArgumentException("The host '" + endpoint.host() + "' of option '"
                        + DlfOptions.URI + "' names no region: set '" + REGION + "', for example to cn-hangzhou"));
    }

    /** Paimon's precedence: a loader, then a token file, then keys. */
    private TokenSource<DlfToken> tokens(AuthOptions options) {
        Optional<String> loader = options.get(TOKEN_LOADER);
        if (loader.isPresent()) {
            boolean readsTokenPath = loader.get().equalsIgnoreCase(LocalFileTokenLoaderFactory.IDENTIFIER);
            warnOfIgnored(options, TOKEN_LOADER, readsTokenPath ? keys() : with(TOKEN_PATH, keys()));
            return refreshing(loader(loader.get(), options), options);
        }
        if (options.get(TOKEN_PATH).isPresent()) {
            warnOfIgnored(options, TOKEN_PATH, keys());
            return refreshing(new LocalFileTokenLoaderFactory().create(options), options);
        }
        if (keys().stream().noneMatch(key -> options.get(key).isPresent())) {
            throw new IllegalArgumentException("No source of a DLF token: set '" + TOKEN_LOADER + "', '" + TOKEN_PATH
                    + "', or both '" + ACCESS_KEY_ID + "' and '" + ACCESS_KEY_SECRET + "'");
        }
        return StaticKeys.of(options);
    }

    private TokenSource<DlfToken> refreshing(DlfTokenLoader loader, AuthOptions options) {
        return new RefreshingToken<>("DLF", loader, options.tokenLoads(), clock);
    }

    private static DlfTokenLoader loader(String identifier, AuthOptions options) {
        NamedFactories<DlfTokenLoaderFactory> factories =
                NamedFactories.discover(DlfTokenLoaderFactory.class, factory -> Set.of(factory.identifier()));
        return factories
                .find(identifier)
                .map(factory -> factory.create(options))
                .or(() -> PaimonTokenLoader.find(identifier, options))
                .orElseThrow(() -> factories.unknown(TOKEN_LOADER, identifier));
    }

    private static void warnOfIgnored(AuthOptions options, String used, List<String> others) {
        List<String> ignored =
                others.stream().filter(key -> options.get(key).isPresent()).toList();
        if (!ignored.isEmpty()) {
            LOG.warn("The DLF token comes from '{}'; ignored: {}", used, String.join(", ", ignored));
        }
    }

    private static List<String> keys() {
        return List.of(ACCESS_KEY_ID, ACCESS_KEY_SECRET, SECURITY_TOKEN);
    }

    private static List<String> with(String key, List<String> keys) {
        return Stream.concat(Stream.of(key), keys.stream()).toList();
    }
}
