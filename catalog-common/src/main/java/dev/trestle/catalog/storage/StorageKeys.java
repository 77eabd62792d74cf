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
package dev.trestle.catalog.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What file systems call their options: one key of an access key has several names. */
final class StorageKeys {

    private static final String HADOOP = "fs.s3a.";
    private static final List<String> S3_PREFIXES = List.of("s3.", "s3a.", HADOOP);
    private static final Map<String, String> S3A_NAMES = Map.of(
            "access-key", "access.key",
            "secret-key", "secret.key",
            "session-token", "session.token",
            "path-style-access", "path.style.access");
    private static final Set<String> S3_CREDENTIALS =
            Set.of("access.key", "secret.key", "session.token", "aws.credentials.provider");
    private static final Set<String> OSS_CREDENTIALS =
            Set.of("fs.oss.accesskeyid", "fs.oss.accesskeysecret", "fs.oss.securitytoken");

    private StorageKeys() {}

    /** The name under which Hadoop's S3 file system knows an option of S3's. */
    static Optional<String> s3a(String key) {
        return S3_PREFIXES.stream().filter(key::startsWith).findFirst().map(prefix -> {
            String name = key.substring(prefix.length());
            return HADOOP + S3A_NAMES.getOrDefault(name, name);
        });
    }

    /**
     * The options with a vended credential over them. Where it is one for S3, or for OSS, no part of another is left, however it
     * is spelled: a user's own session token would spoil it.
     */
    static Map<String, String> merge(Map<String, String> options, Map<String, String> vended) {
        Map<String, String> merged = new HashMap<>(options);
        if (vended.keySet().stream().anyMatch(StorageKeys::isS3Credential)) {
            merged.keySet().removeIf(StorageKeys::isS3Credential);
        }
        if (vended.keySet().stream().anyMatch(StorageKeys::isOssCredential)) {
            merged.keySet().removeIf(StorageKeys::isOssCredential);
        }
        merged.putAll(vended);
        return merged;
    }

    private static boolean isS3Credential(String key) {
        return s3a(key).filter(name -> S3_CREDENTIALS.contains(name.substring(HADOOP.length())))
                .isPresent();
    }

    private static boolean isOssCredential(String key) {
        return OSS_CREDENTIALS.contains(key.toLowerCase(Locale.ROOT));
    }
}
