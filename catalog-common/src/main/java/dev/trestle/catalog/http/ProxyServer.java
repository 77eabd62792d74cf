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

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;

/** The HTTP proxy that {@code http.proxy} names. Holds its password: no {@code toString} shows it. */
final class ProxyServer {

    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
    private static final int HTTP_PORT = 80;

    private final String host;
    private final int port;
    private final Optional<String> authorization;

    private ProxyServer(String host, int port, Optional<String> authorization) {
        this.host = host;
        this.port = port;
        this.authorization = authorization;
    }

    /** @throws IllegalArgumentException if it is not {@code http://[user:password@]host[:port]} */
    static ProxyServer of(URI uri) {
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "Option 'http.proxy' must be of the form http://host:port or http://user:password@host:port");
        }
        return new ProxyServer(
                uri.getHost(),
                uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
                Optional.ofNullable(uri.getRawUserInfo()).map(ProxyServer::basic));
    }

    /** Not resolved here: OkHttp does so, on each connection. */
    Proxy toProxy() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    /** For the requests that open a tunnel to an https service; they alone carry this header. */
    Authenticator tunnelAuthenticator() {
        return (route, response) -> authorization
                .filter(value -> response.request().method().equals("CONNECT"))
                .filter(value -> response.request().header(PROXY_AUTHORIZATION) == null)
                .map(value -> response.request()
                        .newBuilder()
                        .header(PROXY_AUTHORIZATION, value)
                        .build())
                .orElse(null);
    }

    /** For the requests to an http service, which the proxy itself reads. */
    Optional<String> authorization() {
        return authorization;
    }

    private static String basic(String rawUserInfo) {
        int colon = rawUserInfo.indexOf(':');
        String user = colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon);
        String password = colon < 0 ? "" : rawUserInfo.substring(colon + 1);
        return Credentials.basic(decode(user), decode(password), StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        // URLDecoder reads a form, where a plus sign is a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
