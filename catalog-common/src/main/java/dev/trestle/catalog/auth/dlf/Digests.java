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

import dev.trestle.catalog.auth.AuthenticationException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The digests without a key that the signatures are made of. */
final class Digests {

    private Digests() {}

    static byte[] sha256(String text) {
        return digest("SHA-256").digest(text.getBytes(UTF_8));
    }

    /** The value of the header Content-MD5. */
    static String md5Base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(digest("MD5").digest(bytes));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw notOffered(algorithm, e);
        }
    }

    static AuthenticationException notOffered(String algorithm, GeneralSecurityException cause) {
        return new AuthenticationException(
                "DLF signatures need " + algorithm + ", which this Java runtime does not offer", cause);
    }
}
