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
package dev.trestle.catalog.auth.dlf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A digest that takes a key (HMAC, RFC 2104). Made ready once; each text is digested by a copy, so many threads may. */
final class KeyedDigest {

    private final SecretKeySpec key;
    private final Mac ready;

    /** @param algorithm the name that the Java platform has for it, such as {@code HmacSHA256} */
    KeyedDigest(String algorithm, byte[] key) {
        this.key = new SecretKeySpec(key, algorithm);
        this.ready = newMac();
    }

    byte[] digest(String text) {
        return copy().doFinal(text.getBytes(UTF_8));
    }

    private Mac copy() {
        try {
            return (Mac) ready.clone();
        } catch (CloneNotSupportedException e) {
            // A security provider may have no copies, such as one that leaves the key in hardware.
            return newMac();
        }
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw Digests.notOffered(key.getAlgorithm(), e);
        }
    }
}
