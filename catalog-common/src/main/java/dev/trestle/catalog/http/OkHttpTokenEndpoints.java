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
package dev.trestle.catalog.http;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.TokenEndpoint;
import dev.trestle.catalog.auth.TokenEndpoints;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches token endpoints as the transport reaches the service: with the same TLS, proxy and time limits. */
public final class OkHttpTokenEndpoints implements TokenEndpoints {

    private static final Logger LOG = LoggerFactory.getLogger(OkHttpTokenEndpoints.class);

    private final HttpSettings settings;
    private final HttpMetrics metrics;
    private final QueryIds queryIds;
    private final Timing timing;

    /** @param settings the service's; its address and its headers are not used */
    public OkHttpTokenEndpoints(HttpSettings settings, HttpMetrics metrics, QueryIds queryIds) {
        this(settings, metrics, queryIds, Timing.system());
    }

    OkHttpTokenEndpoints(HttpSettings settings, HttpMetrics metrics, QueryIds queryIds, Timing timing) {
        this.settings = requireNonNull(settings, "settings is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.queryIds = requireNonNull(queryIds, "queryIds is null");
        this.timing = requireNonNull(timing, "timing is null");
    }

    @Override
    public TokenEndpoint open(String option, URI uri) {
        HttpUrl url = HttpUrl.parse(uri.toString());
        if (url == null || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("Option '" + option
                    + "' must be the http or https address of the token endpoint, such as"
                    + " 'https://login.example.com/oauth2/token'");
        }
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw new IllegalArgumentException("Option '" + option
                    + "' must not hold a user or password: the client's id and secret have options of their own");
        }
        if (url.encodedFragment() != null) {
            throw new IllegalArgumentException("Option '" + option + "' must not have a fragment ('#')");
        }
        if (!url.isHttps() && !PlainTextWarning.isLoopback(url.host())) {
            LOG.warn(
                    "The client's secret is sent to {} unencrypted, so that others on the way can read it: use https:// in"
                            + " option '{}'",
                    url.host(),
                    option);
        }
        return new OkHttpTokenEndpoint(option, url, settingsFor(url), metrics, queryIds, timing);
    }

    /** Without the service's headers, which may be credentials of its own. */
    private HttpSettings settingsFor(HttpUrl url) {
        return new HttpSettings(
                URI.create(url.scheme() + "://" + RequestWriter.host(url)),
                settings.connectTimeout(),
                settings.callTimeout(),
                settings.maxAttempts(),
                settings.deadline(),
                settings.maxConnections(),
                OkHttpTokenEndpoint.MAX_ANSWER_BYTES,
                settings.proxy(),
                settings.trustStore(),
                settings.keyStore(),
                Map.of(),
                settings.userAgent());
    }

    /** The proxy's authorization for a request that it reads itself. */
    static Optional<String> proxyAuthorization(HttpSettings settings, HttpUrl url) {
        // Asked for https too: a reference that does not resolve is then an error with a name.
        Optional<String> authorization = settings.proxy().flatMap(ProxyServer::authorization);
        return url.isHttps() ? Optional.empty() : authorization;
    }
}
