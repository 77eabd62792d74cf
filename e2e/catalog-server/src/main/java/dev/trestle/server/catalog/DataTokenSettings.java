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
package dev.trestle.server.catalog;

import static java.util.Objects.requireNonNull;

import dev.trestle.server.files.ScopedKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How the server vends credentials for the files of tables.
 *
 * @param life how long a key is good
 * @param names how a key is spelled in the options that clients get
 * @param options what clients get beside the key, such as the store's endpoint
 * @param storeSecret the secret of the store's own key, of which the vended ones are made
 */
public record DataTokenSettings(Duration life, KeyNames names, Map<String, String> options, String storeSecret) {

    public DataTokenSettings {
        requireNonNull(names, "names is null");
        requireNonNull(storeSecret, "storeSecret is null");
        options = Map.copyOf(options);
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("The life of a vended key must be longer than nothing, not " + life);
        }
    }

    /** The options' names for a key. */
    public enum KeyNames {
        /** As Paimon's S3 file system reads them. */
        S3("s3.access-key", "s3.secret-key"),
        /** As Alibaba Cloud DLF vends them. */
        OSS("fs.oss.accessKeyId", "fs.oss.accessKeySecret");

        private final String id;
        private final String secret;

        KeyNames(String id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    Map<String, String> optionsWith(ScopedKey key) {
        Map<String, String> all = new HashMap<>(options);
        all.put(names.id, key.accessKeyId());
        all.put(names.secret, key.secretAccessKey());
        return Map.copyOf(all);
    }

    /** Without secrets, which the options may hold too. */
    @Override
    public String toString() {
        return "DataTokenSettings[" + life + ", " + names + ", " + options.keySet() + "]";
    }
}
