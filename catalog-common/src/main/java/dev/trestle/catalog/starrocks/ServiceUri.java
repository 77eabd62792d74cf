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
package dev.trestle.catalog.starrocks;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads URIs that a service answers. Only those of the service itself are followed: to any other place, the credentials would
 * go along.
 */
final class ServiceUri {

    private ServiceUri() {}

    /**
     * The path of a URI below the service's address, one decoded segment each; empty if it leads elsewhere, or is none.
     *
     * @param base the service's address
     * @param text relative to it, to its host, or complete
     */
    static Optional<List<String>> segments(URI base, String text) {
        URI uri;
        try {
            uri = directory(base).resolve(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (!isSameOrigin(base, uri) || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        String mount = directory(base).getRawPath();
        // A service that is mounted below a path may not know it, and answer its own paths.
        String path = uri.getRawPath().startsWith(mount)
                ? uri.getRawPath().substring(mount.length())
                : uri.getRawPath().substring(1);
        return decoded(path);
    }

    private static Optional<List<String>> decoded(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            String name;
            try {
                name = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return Optional.empty();
            }
            segments.add(name);
        }
        return Optional.of(segments);
    }

    private static URI directory(URI base) {
        String text = base.toString();
        return text.endsWith("/") ? base : URI.create(text + "/");
    }

    private static boolean isSameOrigin(URI base, URI uri) {
        return base.getScheme().equalsIgnoreCase(uri.getScheme())
                && uri.getHost() != null
                && uri.getHost().equalsIgnoreCase(base.getHost())
                && port(uri) == port(base)
                && uri.getRawPath().startsWith("/");
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
