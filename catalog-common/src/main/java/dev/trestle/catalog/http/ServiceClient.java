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

import dev.trestle.catalog.http.TlsStores.Tls;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** OkHttp's client for one service, with its TLS stores as they are now. Safe for use by many threads. */
final class ServiceClient {

    private final RenewedTls tls;

    private volatile Made made;

    private record Made(OkHttpClient client, Optional<Tls> tls) {}

    /** Reads the key stores; sends nothing. */
    ServiceClient(HttpSettings settings) {
        this.tls = new RenewedTls(requireNonNull(settings, "settings is null"));
        this.made = make(ClientBuilder.build(settings, settings.proxy()), tls.now());
    }

    /** For the next attempt, which is made on a connection of these stores. */
    OkHttpClient now() {
        Optional<Tls> current = tls.now();
        Made known = made;
        return known.tls.equals(current) ? known.client : renew(current);
    }

    private synchronized OkHttpClient renew(Optional<Tls> current) {
        if (!made.tls.equals(current)) {
            made = make(made.client, current);
            // Connections that were made with the old certificate: the pool is the same, and hands them out no more.
            closeIdle();
        }
        return made.client;
    }

    private static Made make(OkHttpClient client, Optional<Tls> tls) {
        return new Made(
                tls.map(stores -> client.newBuilder()
                                .sslSocketFactory(stores.context().getSocketFactory(), stores.trustManager())
                                .build())
                        .orElse(client),
                tls);
    }

    /** Closes the pooled connections that nobody uses. */
    void closeIdle() {
        made.client.connectionPool().evictAll();
    }

    /** Ends the requests under way, which then fail, and closes the connections. */
    void close() {
        made.client.dispatcher().cancelAll();
        closeIdle();
    }
}
