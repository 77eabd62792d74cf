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
package dev.trestle.catalog.http;

import dev.trestle.catalog.auth.Secret;
import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Reads the trust store and the key store of the options. Reads files. */
final class TlsStores {

    static final String TRUST_STORE = "http.tls.trust-store";
    static final String KEY_STORE = "http.tls.key-store";

    private static final byte[] PEM = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);

    private TlsStores() {}

    /** What the stores come to; another one after they were read again. */
    record Tls(SSLContext context, X509TrustManager trustManager) {}

    /**
     * Trusts the trust store's authorities instead of the platform's, and shows the key store's certificate to services that
     * ask for one. Empty where the settings name neither store: then the platform's way is right.
     *
     * @throws IllegalArgumentException if a store cannot be used; the message names the option and the file
     */
    static Optional<Tls> load(HttpSettings settings) {
        if (settings.trustStore().isEmpty() && settings.keyStore().isEmpty()) {
            return Optional.empty();
        }
        try {
            X509TrustManager trustManager = trustManager(settings.trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(settings.keyStore()), new X509TrustManager[] {trustManager}, null);
            return Optional.of(new Tls(context, trustManager));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "Options '" + TRUST_STORE + "' and '" + KEY_STORE + "' cannot be used: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager trustManager(Optional<KeyStoreFile> file) throws GeneralSecurityException {
        // Without a store of its own the factory takes the platform's.
        KeyStore store = file.isPresent() ? loadTrustStore(file.get()) : null;
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new KeyStoreException("no trust manager for X.509"));
    }

    private static KeyManager[] keyManagers(Optional<KeyStoreFile> file) {
        if (file.isEmpty()) {
            return null;
        }
        byte[] bytes = read(KEY_STORE, file.get().path());
        if (isPem(bytes)) {
            throw unusable(
                    KEY_STORE, file.get().path(), "is PEM: turn it into PKCS #12 with 'openssl pkcs12 -export'", null);
        }
        char[] password = password(file.get());
        try {
            KeyStore store = open(KEY_STORE, file.get(), bytes, password);
            if (Collections.list(store.aliases()).stream().noneMatch(alias -> isKey(store, alias))) {
                throw unusable(KEY_STORE, file.get().path(), "holds no private key", null);
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw unusable(KEY_STORE, file.get().path(), "cannot be opened; check '" + KEY_STORE + "-password'", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static KeyStore loadTrustStore(KeyStoreFile file) throws GeneralSecurityException {
        byte[] bytes = read(TRUST_STORE, file.path());
        if (isPem(bytes)) {
            return fromPem(file.path(), bytes);
        }
        char[] password = password(file);
        try {
            KeyStore store = open(TRUST_STORE, file, bytes, password);
            if (Collections.list(store.aliases()).stream().noneMatch(alias -> isCertificate(store, alias))) {
                throw unusable(
                        TRUST_STORE,
                        file.path(),
                        "holds no trusted certificate that can be read; check '" + TRUST_STORE + "-password'",
                        null);
            }
            return store;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static KeyStore fromPem(Path path, byte[] bytes) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
                store.setCertificateEntry("certificate-" + number++, certificate);
            }
            if (number == 0) {
                throw unusable(TRUST_STORE, path, "holds no certificate", null);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(TRUST_STORE, path, "holds something else than PEM certificates", e);
        }
    }

    private static KeyStore open(String option, KeyStoreFile file, byte[] bytes, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance(isJks(bytes) ? "JKS" : "PKCS12");
            store.load(new ByteArrayInputStream(bytes), file.password().isPresent() ? password : null);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(
                    option, file.path(), "cannot be opened as PKCS #12 or JKS; check '" + option + "-password'", e);
        }
    }

    private static boolean isPem(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.US_ASCII);
        return head.contains(new String(PEM, StandardCharsets.US_ASCII));
    }

    private static boolean isJks(byte[] bytes) {
        return bytes.length > 4 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xED && bytes[2] == (byte) 0xFE;
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isCertificate(KeyStore store, String alias) {
        try {
            return store.isCertificateEntry(alias);
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String option, Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unusable(option, path, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static char[] password(KeyStoreFile file) {
        return file.password().map(Secret::reveal).orElse("").toCharArray();
    }

    private static IllegalArgumentException unusable(String option, Path path, String why, Exception cause) {
        return new IllegalArgumentException("Option '" + option + "': the file " + path + " " + why, cause);
    }
}
