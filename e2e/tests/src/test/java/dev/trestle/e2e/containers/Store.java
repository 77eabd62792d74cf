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
package dev.trestle.e2e.containers;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The object store's address on the network, and the secret of which its keys are made. It refuses requests that are not signed
 * with one of them, or with one whose time is over.
 *
 * @param host its name on the network
 */
record Store(String host, String secret) {

    static final int PORT = 8000;

    /** The environment variable that holds the secret, in the store's container and in the catalog server's. */
    static final String SECRET_VARIABLE = "STORE_SECRET";

    /** How long the keys live that the catalog server vends: a job needs several. */
    private static final int KEY_LIFE_SECONDS = 15;

    /** A store with a secret of its own. */
    static Store withRandomSecret(String host) {
        byte[] random = new byte[20];
        new SecureRandom().nextBytes(random);
        return new Store(host, HexFormat.of().formatHex(random));
    }

    /** The arguments of its command. */
    List<String> arguments() {
        return List.of("/tmp/store", Integer.toString(PORT), "0.0.0.0");
    }

    /** The arguments of a catalog server that keeps its warehouse here and vends keys for each table. */
    List<String> serverArguments() {
        Map<String, String> options = new TreeMap<>();
        endpoint().forEach((key, value) -> {
            options.put("--storage-option=" + key, value);
            options.put("--data-token-option=" + key, value);
        });
        options.put("--storage-option=s3.access-key", "root-key");
        options.put("--storage-option=s3.secret-key", "env:" + SECRET_VARIABLE);
        options.put("--data-token-life", Integer.toString(KEY_LIFE_SECONDS));
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .toList();
    }

    private Map<String, String> endpoint() {
        return Map.of("s3.endpoint", "http://" + host + ":" + PORT, "s3.path.style.access", "true");
    }
}
