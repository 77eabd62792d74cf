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
package dev.trestle.trino.files;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Alibaba Cloud OSS, which Trino reaches with its S3 file system at the OSS endpoint. Where a catalog names that endpoint in
 * Paimon's words and says nothing of S3, the S3 file system is set up for it.
 */
public final class OssEndpoint {

    private static final List<String> ENDPOINTS = List.of("trestle.dlf.oss-endpoint", "trestle.fs.oss.endpoint");
    private static final String S3_ENDPOINT = "s3.endpoint";
    private static final String INTERNAL = "-internal";

    private OssEndpoint() {}

    /** @param properties of the catalog */
    public static Map<String, String> translate(Map<String, String> properties) {
        Optional<String> endpoint = ENDPOINTS.stream()
                .map(properties::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
        if (endpoint.isEmpty() || properties.containsKey(S3_ENDPOINT)) {
            return properties;
        }
        String uri = endpoint.get().contains("://") ? endpoint.get() : "https://" + endpoint.get();
        Map<String, String> translated = new HashMap<>(properties);
        translated.putIfAbsent("fs.s3.enabled", "true");
        translated.put(S3_ENDPOINT, uri);
        translated.putIfAbsent("s3.region", region(uri));
        return translated;
    }

    /** An endpoint begins with its region, such as {@code oss-cn-hangzhou}. */
    private static String region(String uri) {
        String host = Optional.ofNullable(URI.create(uri).getHost()).orElse(uri);
        String first = host.split("\\.", 2)[0];
        return first.endsWith(INTERNAL) ? first.substring(0, first.length() - INTERNAL.length()) : first;
    }
}
