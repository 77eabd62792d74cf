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
package dev.trestle.server.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An access key that opens one directory of an object store for a while. It says so itself: its id holds the directory and
 * the end, and its secret follows from the id and the secret of the store's own key. So a store that knows only its own key
 * can check any of them, and nobody else can make one.
 *
 * @param accessKeyId fit for a signature's header: letters, digits, {@code - _ .}
 */
public record ScopedKey(String accessKeyId, String secretAccessKey) {

    private static final String PREFIX = "TRESTLE.";
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    public ScopedKey {
        requireNonNull(accessKeyId, "accessKeyId is null");
        requireNonNull(secretAccessKey, "secretAccessKey is null");
    }

    /**
     * What a key opens, and until when.
     *
     * @param directory {@code bucket/path}, without a slash at its end
     * @param expiresAtMillis epoch milliseconds
     */
    public record Scope(String directory, long expiresAtMillis) {

        /** Whether an object, {@code bucket/path}, is in the directory. */
        public boolean contains(String object) {
            return object.equals(directory) || object.startsWith(directory + "/");
        }
    }

    /** Makes a key. */
    public static ScopedKey issue(Scope scope, String storeSecret) {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        String text = scope.expiresAtMillis() + "\n" + scope.directory() + "\n" + encoded(random);
        return of(PREFIX + encoded(text.getBytes(UTF_8)), storeSecret);
    }

    /** The key of an id that {@link #issue} made. */
    public static ScopedKey of(String accessKeyId, String storeSecret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(storeSecret.getBytes(UTF_8), ALGORITHM));
            return new ScopedKey(accessKeyId, encoded(mac.doFinal(accessKeyId.getBytes(UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an id says; absent if it is not one of these keys'. */
    public static Optional<Scope> scope(String accessKeyId) {
        if (!accessKeyId.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(accessKeyId.substring(PREFIX.length())), UTF_8)
                    .split("\n");
            return parts.length == 3 ? Optional.of(new Scope(parts[1], Long.parseLong(parts[0]))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ScopedKey[" + accessKeyId + "]";
    }
}
