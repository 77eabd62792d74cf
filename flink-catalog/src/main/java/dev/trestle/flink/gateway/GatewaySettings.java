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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.http.HttpSettings;
import java.net.URI;
import java.util.Map;

/**
 * Where a gateway is and how to talk to it, in the options that the catalog has for its own service:
 *
 * <ul>
 *   <li>{@code uri}: scheme, host, port and, behind a proxy, a path; without a user
 *   <li>{@code http.connect-timeout} (10 s), {@code http.call-timeout} (60 s: configure-session waits that long for its
 *       statement), {@code http.max-attempts} (5), {@code http.deadline} (2 min), {@code http.max-connections} (64)
 *   <li>{@code http.proxy}, {@code http.tls.trust-store}, {@code http.tls.key-store}, each with its password
 *   <li>{@code header.<name>}: sent with every request, such as {@code Bearer ${env:TOKEN}}
 * </ul>
 *
 * <p>A secret may be written as <code>${env:NAME}</code> or <code>${file:PATH}</code>, resolved for each request.
 * {@code toString} holds none.
 */
public final class GatewaySettings {

    private final HttpSettings http;

    GatewaySettings(HttpSettings http) {
        this.http = requireNonNull(http, "http is null");
    }

    /** The defaults, for a gateway at the given address. */
    public static GatewaySettings of(URI uri) {
        return of(Map.of("uri", requireNonNull(uri, "uri is null").toString()));
    }

    /**
     * Reads options.
     *
     * @throws IllegalArgumentException naming the option that is missing, not known, or has a value that cannot be used
     */
    public static GatewaySettings of(Map<String, String> options) {
        return new GatewaySettings(new GatewayOptions(options).httpSettings());
    }

    HttpSettings http() {
        return http;
    }

    @Override
    public String toString() {
        return "GatewaySettings[" + http + "]";
    }
}
