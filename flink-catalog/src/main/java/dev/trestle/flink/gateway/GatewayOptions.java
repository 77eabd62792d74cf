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
package dev.trestle.flink.gateway;

import dev.trestle.catalog.auth.Secret;
import dev.trestle.catalog.http.HttpSettings;
import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import dev.trestle.catalog.http.ProxyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the options that {@link GatewaySettings} lists. */
final class GatewayOptions {

    private static final String URI = "uri";
    private static final String HEADER_PREFIX = "header.";
    private static final String CONNECT_TIMEOUT = "http.connect-timeout";
    private static final String CALL_TIMEOUT = "http.call-timeout";
    private static final String MAX_ATTEMPTS = "http.max-attempts";
    private static final String DEADLINE = "http.deadline";
    private static final String MAX_CONNECTIONS = "http.max-connections";
    private static final String PROXY = "http.proxy";
    private static final String TRUST_STORE = "http.tls.trust-store";
    private static final String KEY_STORE = "http.tls.key-store";
    private static final String PASSWORD = "-password";
    private static final Set<String> KNOWN = Set.of(
            URI,
            CONNECT_TIMEOUT,
            CALL_TIMEOUT,
            MAX_ATTEMPTS,
            DEADLINE,
            MAX_CONNECTIONS,
            PROXY,
            TRUST_STORE,
            TRUST_STORE + PASSWORD,
            KEY_STORE,
            KEY_STORE + PASSWORD);

    /** A gateway sends up to 5,000 rows at once, however wide. */
    private static final long MAX_ANSWER_BYTES = 256L << 20;

    private static final String USER_AGENT = "trestle-sql-gateway-client";

    private final Map<String, String> options;

    GatewayOptions(Map<String, String> options) {
        this.options = Map.copyOf(options);
        for (String key : new TreeMap<>(this.options).keySet()) {
            if (!KNOWN.contains(key) && !key.startsWith(HEADER_PREFIX)) {
                throw new IllegalArgumentException("Option '" + key + "' is not known. There are " + HEADER_PREFIX
                        + "<name> and " + String.join(", ", new TreeSet<>(KNOWN)));
            }
        }
    }

    HttpSettings httpSettings() {
        HttpSettings defaults = HttpSettings.of(HttpSettings.parseBaseUri(
                text(URI).orElseThrow(() -> new IllegalArgumentException("Option 'uri' is missing"))));
        return new HttpSettings(
                defaults.baseUri(),
                duration(CONNECT_TIMEOUT, defaults.connectTimeout()),
                duration(CALL_TIMEOUT, defaults.callTimeout()),
                number(MAX_ATTEMPTS, defaults.maxAttempts()),
                duration(DEADLINE, defaults.deadline()),
                number(MAX_CONNECTIONS, defaults.maxConnections()),
                MAX_ANSWER_BYTES,
                text(PROXY).map(ProxyServer::new),
                keyStore(TRUST_STORE),
                keyStore(KEY_STORE),
                headers(),
                USER_AGENT);
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(options.get(key)).map(String::trim).filter(value -> !value.isEmpty());
    }

    private Duration duration(String key, Duration defaultValue) {
        return text(key)
                .map(value -> Durations.parse("Option '" + key + "'", value))
                .orElse(defaultValue);
    }

    private int number(String key, int defaultValue) {
        try {
            return text(key).map(Integer::parseInt).orElse(defaultValue);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Option '" + key + "' must be a whole number", e);
        }
    }

    private Optional<KeyStoreFile> keyStore(String key) {
        String passwordKey = key + PASSWORD;
        return text(key)
                .map(path ->
                        new KeyStoreFile(Path.of(path), text(passwordKey).map(value -> Secret.of(passwordKey, value))));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        options.forEach((key, value) -> {
            if (key.startsWith(HEADER_PREFIX)) {
                headers.put(key.substring(HEADER_PREFIX.length()), value);
            }
        });
        return headers;
    }
}
