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

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Authenticator;
import okhttp3.Credentials;

/**
 * The HTTP proxy that {@code http.proxy} names: {@code http://[user:password@]host:port}, in which the user and the password
 * may each be a reference such as <code>${env:NAME}</code>, or a reference that stands for all of it. References are resolved
 * at each use. Holds the password: {@code toString} does not show it.
 *
 * @param text as the user wrote it
 */
public record ProxyServer(String text) {

    static final String OPTION = "http.proxy";

    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
    private static final int HTTP_PORT = 80;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)http://(?:(?<user>\\$\\{[^}]*}|[^:@/]*)(?::(?<password>\\$\\{[^}]*}|[^@/]*))?@)?(?<host>[^@]*)");

    /** @throws IllegalArgumentException if it is no HTTP proxy; the message does not quote it */
    public ProxyServer {
        text = requireNonNull(text, "text is null").trim();
        if (isReference(text)) {
            Secret.of(OPTION, text);
        } else {
            Address.parse(text);
        }
    }

    /** @param user with the password; either may be a reference */
    private record Address(String host, int port, Optional<Login> login) {

        static Address parse(String text) {
            Matcher matcher = ADDRESS.matcher(text);
            if (!matcher.matches()) {
                // Says where the fault is, where Java knows.
                uri(text);
                throw wrongForm();
            }
            URI uri = uri("http://" + matcher.group("host"));
            if (uri.getHost() == null) {
                throw wrongForm();
            }
            return new Address(
                    uri.getHost(),
                    uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
                    Optional.ofNullable(matcher.group("user"))
                            .map(user -> new Login(
                                    part(user),
                                    part(Optional.ofNullable(matcher.group("password"))
                                            .orElse("")))));
        }

        private static Secret part(String value) {
            return Secret.of(OPTION, isReference(value) ? value : decode(value));
        }

        private static URI uri(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                // Neither the message nor the cause: both quote the text, which may hold a password.
                throw new IllegalArgumentException(
                        "Option '%s' is not a URI: %s at position %d".formatted(OPTION, e.getReason(), e.getIndex()));
            }
        }

        private static IllegalArgumentException wrongForm() {
            return new IllegalArgumentException(
                    "Option '" + OPTION + "' must be of the form http://host:port or http://user:password@host:port");
        }
    }

    private record Login(Secret user, Secret password) {
        String basic() {
            return Credentials.basic(user.reveal(), password.reveal(), StandardCharsets.UTF_8);
        }
    }

    /** The proxy as it is given now. */
    private Address address() {
        if (!isReference(text)) {
            return Address.parse(text);
        }
        try {
            return Address.parse(Secret.of(OPTION, text).reveal());
        } catch (IllegalArgumentException e) {
            throw new AuthenticationException(e.getMessage(), e);
        }
    }

    /** Asked for each new connection. The host is not resolved here: OkHttp does so. */
    ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI service) {
                Address address = address();
                return List.of(
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.host(), address.port())));
            }

            @Override
            public void connectFailed(URI service, SocketAddress proxy, IOException failure) {
                // The attempt fails with it: there is no other proxy to choose.
            }
        };
    }

    /** For the requests that open a tunnel to an https service; they alone carry this header. */
    Authenticator tunnelAuthenticator() {
        return (route, response) -> {
            if (!response.request().method().equals("CONNECT")
                    || response.request().header(PROXY_AUTHORIZATION) != null) {
                return null;
            }
            return authorization()
                    .map(value -> response.request()
                            .newBuilder()
                            .header(PROXY_AUTHORIZATION, value)
                            .build())
                    .orElse(null);
        };
    }

    /**
     * For the requests to an http service, which the proxy itself reads.
     *
     * @throws AuthenticationException if a reference cannot be resolved, or not to a proxy; nothing may be sent then
     */
    Optional<String> authorization() {
        return address().login().map(Login::basic);
    }

    private static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    private static String decode(String text) {
        // URLDecoder reads a form, where a plus sign is a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        if (isReference(text)) {
            return text;
        }
        Address address = Address.parse(text);
        return address.host() + ":" + address.port();
    }
}
