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
package dev.trestle.catalog.auth.oauth2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a client tells the token endpoint who it is (RFC 6749, section 2.3.1), by the names of RFC 7591, section 2. */
enum ClientAuthentication {
    /** In HTTP Basic, which every authorization server must take. */
    CLIENT_SECRET_BASIC {
        @Override
        Optional<String> authorization(String clientId, String clientSecret) {
            // Encoded as a form first, so that neither a colon nor what is not ASCII is lost.
            String pair = URLEncoder.encode(clientId, UTF_8) + ':' + URLEncoder.encode(clientSecret, UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        }
    },

    /** In the request's body. */
    CLIENT_SECRET_POST {
        @Override
        void addTo(Map<String, String> form, String clientId, String clientSecret) {
            form.put("client_id", clientId);
            form.put("client_secret", clientSecret);
        }
    };

    /** The Authorization header. */
    Optional<String> authorization(String clientId, String clientSecret) {
        return Optional.empty();
    }

    /** Adds what belongs into the body. */
    void addTo(Map<String, String> form, String clientId, String clientSecret) {}

    /** The name that users choose it with. */
    String identifier() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no kind has that name; the message lists those that there are */
    static ClientAuthentication of(String identifier) {
        return Arrays.stream(values())
                .filter(kind -> kind.identifier().equalsIgnoreCase(identifier))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Option '" + OAuth2Options.CLIENT_AUTH + "' is '"
                        + identifier + "', which is unknown. Known: "
                        + Arrays.stream(values())
                                .map(ClientAuthentication::identifier)
                                .collect(Collectors.joining(", "))));
    }
}
