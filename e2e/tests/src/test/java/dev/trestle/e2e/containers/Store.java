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
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The object store's address on the network and its keys. It refuses requests that are not signed with them.
 *
 * @param host its name on the network
 */
record Store(String host, String accessKey, String secretKey) {

    static final int PORT = 8000;
    static final String BUCKET = "lake";

    private static final String ROOT = "/tmp/store";

    /** A store with keys of its own. */
    static Store withRandomKeys(String host) {
        return new Store(host, random(10), random(20));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Paimon's options to get at it. */
    Map<String, String> options() {
        return Map.of(
                "s3.endpoint",
                "http://" + host + ":" + PORT,
                "s3.path.style.access",
                "true",
                "s3.access-key",
                accessKey,
                "s3.secret-key",
                secretKey);
    }

    /** The configuration of S3Proxy that makes it so. */
    String configuration() {
        return Map.of(
                        "s3proxy.endpoint",
                        "http://0.0.0.0:" + PORT,
                        "s3proxy.authorization",
                        "aws-v2-or-v4",
                        "s3proxy.identity",
                        accessKey,
                        "s3proxy.credential",
                        secretKey,
                        "jclouds.provider",
                        "filesystem-nio2",
                        "jclouds.filesystem.basedir",
                        ROOT)
                .entrySet()
                .stream()
                .map(option -> option.getKey() + "=" + option.getValue() + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    /** A directory in the store's container: a bucket is one below its root. */
    static String bucketDirectory() {
        return ROOT + "/" + BUCKET;
    }
}
