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

import dev.trestle.catalog.auth.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * How the transport behaves.
 *
 * @param baseUri scheme, host, port and, where the service is mounted below one, a path
 * @param callTimeout for one attempt, from connecting to the last byte
 * @param maxAttempts 1 or more
 * @param deadline for all attempts of a call together
 * @param maxConnections open at once to the service; calls beyond them wait
 * @param maxAnswerBytes a longer answer, decompressed, is an error
 * @param proxy where empty, the JVM's own proxy settings count
 * @param trustStore the authorities that are trusted instead of the platform's
 * @param keyStore the client's certificate, for services that ask for one
 * @param headers sent with every request to the service; a value may hold references, which are resolved for each one
 * @param userAgent the User-Agent header
 * @param requestIdHeader the header that carries the id of a request, as the service's dialect calls it
 */
public record HttpSettings(
        URI baseUri,
        Duration connectTimeout,
        Duration callTimeout,
        int maxAttempts,
        Duration deadline,
        int maxConnections,
        long maxAnswerBytes,
        Optional<ProxyServer> proxy,
        Optional<KeyStoreFile> trustStore,
        Optional<KeyStoreFile> keyStore,
        Map<String, String> headers,
        String userAgent,
        String requestIdHeader) {

    /** The header that carries the id of a request where a dialect has no name of its own for it. */
    public static final String REQUEST_ID = "x-request-id";

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

    /**
     * A key store on disk, PKCS #12 or JKS, or a PEM file of certificates for a trust store.
     *
     * @param password empty where the store has none
     */
    public record KeyStoreFile(Path path, Optional<Secret> password) {}

    public HttpSettings {
        requireNonNull(baseUri, "baseUri is null");
        requireNonNull(connectTimeout, "connectTimeout is null");
        requireNonNull(callTimeout, "callTimeout is null");
        requireNonNull(deadline, "deadline is null");
        requireNonNull(proxy, "proxy is null");
        requireNonNull(trustStore, "trustStore is null");
        requireNonNull(keyStore, "keyStore is null");
        headers = Map.copyOf(headers);
        requireNonNull(userAgent, "userAgent is null");
        requireNonNull(requestIdHeader, "requestIdHeader is null");
        requireTime("http.connect-timeout", connectTimeout);
        requireTime("http.call-timeout", callTimeout);
        requireTime("http.deadline", deadline);
        requirePositive("http.max-attempts", maxAttempts);
        requirePositive("http.max-connections", maxConnections);
        if (maxAnswerBytes < 1 || maxAnswerBytes > LARGEST_ARRAY) {
            throw new IllegalArgumentException("maxAnswerBytes is not from 1 to " + LARGEST_ARRAY);
        }
        requireOrigin(baseUri);
        HeaderRules.check(headers);
        if (!HeaderRules.isValue(userAgent)) {
            throw new IllegalArgumentException("userAgent has a character that HTTP does not allow in a header");
        }
        if (!HeaderRules.isName(requestIdHeader)) {
            throw new IllegalArgumentException("requestIdHeader is not the name of a header");
        }
    }

    /** With the usual header for the id of a request. */
    public HttpSettings(
            URI baseUri,
            Duration connectTimeout,
            Duration callTimeout,
            int maxAttempts,
            Duration deadline,
            int maxConnections,
            long maxAnswerBytes,
            Optional<ProxyServer> proxy,
            Optional<KeyStoreFile> trustStore,
            Optional<KeyStoreFile> keyStore,
            Map<String, String> headers,
            String userAgent) {
        this(
                baseUri,
                connectTimeout,
                callTimeout,
                maxAttempts,
                deadline,
                maxConnections,
                maxAnswerBytes,
                proxy,
                trustStore,
                keyStore,
                headers,
                userAgent,
                REQUEST_ID);
    }

    /** The same, with another header for the id of a request. */
    public HttpSettings withRequestIdHeader(String name) {
        return new HttpSettings(
                baseUri,
                connectTimeout,
                callTimeout,
                maxAttempts,
                deadline,
                maxConnections,
                maxAnswerBytes,
                proxy,
                trustStore,
                keyStore,
                headers,
                userAgent,
                name);
    }

    /** The defaults of the catalog's options, for a service at the given URI. */
    public static HttpSettings of(URI baseUri) {
        return new HttpSettings(
                baseUri,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                5,
                Duration.ofMinutes(2),
                64,
                64L << 20,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "trestle");
    }

    /**
     * Reads the option {@code uri}. Without a scheme it is {@code http}, as in Paimon's own client.
     *
     * @throws IllegalArgumentException if it is no base for a service; the message says what to write
     */
    public static URI parseBaseUri(String text) {
        String trimmed = text.trim();
        URI uri = parse("uri", SCHEME.matcher(trimmed).lookingAt() ? trimmed : "http://" + trimmed);
        requireOrigin(uri);
        return uri;
    }

    private static URI parse(String option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Neither the message nor the cause: both quote the text, which may hold a password.
            throw new IllegalArgumentException(
                    "Option '%s' is not a URI: %s at position %d".formatted(option, e.getReason(), e.getIndex()));
        }
    }

    /** The base URI as OkHttp reads it, without the slashes at its end. */
    HttpUrl baseUrl() {
        HttpUrl url = HttpUrl.get(baseUri.toString());
        while (url.pathSize() > 1 && url.pathSegments().get(url.pathSize() - 1).isEmpty()) {
            url = url.newBuilder().removePathSegment(url.pathSize() - 1).build();
        }
        return url;
    }

    private static void requireOrigin(URI uri) {
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("Option 'uri' must begin with http:// or https://");
        }
        if (uri.getRawAuthority() == null || HttpUrl.parse(uri.toString()) == null) {
            throw new IllegalArgumentException(
                    "Option 'uri' must name a host, and a port where it is not the scheme's own: https://host:port");
        }
        if (uri.getRawAuthority().contains("@")) {
            throw new IllegalArgumentException(
                    "Option 'uri' must not hold a user or password: use 'token.provider' = 'basic' and its options");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("Option 'uri' must not have a query or a fragment ('?' or '#')");
        }
    }

    private static void requireTime(String option, Duration time) {
        if (time.isNegative() || time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Option '" + option + "' must be from 1 ms to 24 h, but is " + time);
        }
    }

    private static void requirePositive(String option, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Option '" + option + "' must be 1 or more, but is " + number);
        }
    }

    /** Without the values of headers and the proxy's user. */
    @Override
    public String toString() {
        return "HttpSettings[" + baseUri.getScheme() + "://" + baseUri.getRawAuthority() + ", headers "
                + headers.keySet()
                + proxy.map(server -> ", proxy " + server).orElse("") + "]";
    }
}
