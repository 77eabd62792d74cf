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

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** Sets OkHttp up so that it does exactly what it is told, once, in the calling thread. */
final class ClientBuilder {

    /** Below the time after which common load balancers and servers close an idle connection. */
    private static final long KEEP_ALIVE_SECONDS = 30;

    /** How an HTTP/2 connection that has gone silent is noticed; HTTP/1.1 ones send no pings. */
    private static final long PING_SECONDS = 15;

    private ClientBuilder() {}

    /** Without the TLS stores, which are {@link ServiceClient}'s. */
    static OkHttpClient build(HttpSettings settings, Optional<ProxyServer> proxy) {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                // Races connections in threads of its own; in order, in the caller's thread, is enough.
                .fastFallback(false)
                .socketFactory(new InterruptibleSocketFactory())
                .connectTimeout(settings.connectTimeout())
                // One limit for the whole attempt, set on each call, instead of one for each read and write.
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .writeTimeout(0, TimeUnit.MILLISECONDS)
                .pingInterval(PING_SECONDS, TimeUnit.SECONDS)
                .connectionPool(new ConnectionPool(settings.maxConnections(), KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
                .eventListenerFactory(AttemptTrace.FACTORY)
                .addNetworkInterceptor(new RepeatGuard());
        proxy.ifPresent(
                server -> client.proxySelector(server.selector()).proxyAuthenticator(server.tunnelAuthenticator()));
        return client.build();
    }
}
