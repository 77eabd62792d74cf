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

import static io.trino.filesystem.s3.S3FileSystemConstants.EXTRA_CREDENTIALS_ACCESS_KEY_PROPERTY;
import static io.trino.filesystem.s3.S3FileSystemConstants.EXTRA_CREDENTIALS_SECRET_KEY_PROPERTY;
import static io.trino.filesystem.s3.S3FileSystemConstants.EXTRA_CREDENTIALS_SESSION_TOKEN_PROPERTY;

import io.trino.spi.security.ConnectorIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The access keys that Paimon's options hold, in the way in which Trino's S3 file system takes those of one table: as extra
 * credentials of the identity. Keys of OSS open the same bucket by S3's protocol.
 */
final class StorageCredentials {

    private static final List<String> S3_PREFIXES = List.of("s3.", "s3a.", "fs.s3a.");
    private static final String OSS_PREFIX = "fs.oss.";

    private StorageCredentials() {}

    /** The identity, with the access key of the options where they have one. */
    static ConnectorIdentity with(ConnectorIdentity identity, Map<String, String> options) {
        Map<String, String> keys = new HashMap<>();
        options.forEach((key, value) -> name(key).ifPresent(name -> keys.put(name, value)));
        if (!keys.containsKey(EXTRA_CREDENTIALS_ACCESS_KEY_PROPERTY)
                || !keys.containsKey(EXTRA_CREDENTIALS_SECRET_KEY_PROPERTY)) {
            return identity;
        }
        // Trino takes a key of a session only; one without a session has none.
        keys.putIfAbsent(EXTRA_CREDENTIALS_SESSION_TOKEN_PROPERTY, "");
        Map<String, String> credentials = new HashMap<>(identity.getExtraCredentials());
        credentials.putAll(keys);
        return ConnectorIdentity.forUser(identity.getUser())
                .withGroups(identity.getGroups())
                .withPrincipal(identity.getPrincipal())
                .withEnabledSystemRoles(identity.getEnabledSystemRoles())
                .withConnectorRole(identity.getConnectorRole())
                .withExtraCredentials(credentials)
                .build();
    }

    /** What Trino calls the option. */
    private static Optional<String> name(String option) {
        String key = option.toLowerCase(Locale.ROOT);
        if (key.startsWith(OSS_PREFIX)) {
            return switch (key.substring(OSS_PREFIX.length())) {
                case "accesskeyid" -> Optional.of(EXTRA_CREDENTIALS_ACCESS_KEY_PROPERTY);
                case "accesskeysecret" -> Optional.of(EXTRA_CREDENTIALS_SECRET_KEY_PROPERTY);
                case "securitytoken" -> Optional.of(EXTRA_CREDENTIALS_SESSION_TOKEN_PROPERTY);
                default -> Optional.empty();
            };
        }
        return S3_PREFIXES.stream().filter(key::startsWith).findFirst().flatMap(prefix -> switch (key.substring(
                        prefix.length())
                .replace('-', '.')) {
            case "access.key" -> Optional.of(EXTRA_CREDENTIALS_ACCESS_KEY_PROPERTY);
            case "secret.key" -> Optional.of(EXTRA_CREDENTIALS_SECRET_KEY_PROPERTY);
            case "session.token" -> Optional.of(EXTRA_CREDENTIALS_SESSION_TOKEN_PROPERTY);
            default -> Optional.empty();
        });
    }
}
