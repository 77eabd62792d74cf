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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the transport behaves.
 *
 * @param baseUri scheme, host, port and, where the service is mounted below one, a path
 * @param callTimeout for one attempt, from connecting to the last byte
 * @param maxAttempts 1 or more
 * @param deadline for all attempts of a call together
 * @param maxConnections open at once to the service
 * @param maxAnswerBytes a longer answer, decompressed, is an error
 * @param headers sent with every request
 * @param userAgent the User-Agent header
 */
public record HttpSettings(
        URI baseUri,
        Duration connectTimeout,
        Duration callTimeout,
        int maxAttempts,
        Duration deadline,
        int maxConnections,
        long maxAnswerBytes,
        Optional<URI> proxy,
        Optional<KeyStoreFile> trustStore,
        Optional<KeyStoreFile> keyStore,
        Map<String, String> headers,
        String userAgent) {

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
                256L << 20,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "trestle");
    }

    @Override
    public String toString() {
        return "HttpSettings[" + baseUri.getScheme() + "://" + baseUri.getHost() + ", headers " + headers.keySet()
                + "]";
    }
}
