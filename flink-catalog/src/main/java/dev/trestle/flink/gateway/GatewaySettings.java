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

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Where a gateway is and how to talk to it.
 *
 * @param uri scheme, host, port and, behind a proxy, a path; without user information
 * @param connectTimeout for a connection
 * @param callTimeout for one call, from connecting to the last byte
 * @param headers sent with every request, such as a proxy's Authorization; their values are in no message
 * @param maxAnswerBytes a longer answer is an error
 */
public record GatewaySettings(
        URI uri, Duration connectTimeout, Duration callTimeout, Map<String, String> headers, long maxAnswerBytes) {

    public GatewaySettings {
        requireNonNull(uri, "uri is null");
        if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("The gateway's URI must be such as http://host:8083");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("The gateway's URI must hold no user or password; use a header");
        }
        requireNonNull(connectTimeout, "connectTimeout is null");
        requireNonNull(callTimeout, "callTimeout is null");
        headers = Map.copyOf(headers);
    }

    /** Time-outs of 10 s to connect and 60 s for a call, answers up to 256 MiB, no headers. */
    public static GatewaySettings of(URI uri) {
        return new GatewaySettings(uri, Duration.ofSeconds(10), Duration.ofSeconds(60), Map.of(), 256L << 20);
    }

    @Override
    public String toString() {
        return "GatewaySettings[" + uri + ", headers " + headers.keySet() + "]";
    }
}
