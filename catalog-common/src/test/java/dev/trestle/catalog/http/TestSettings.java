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

import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The defaults with one thing changed at a time. */
final class TestSettings {

    private final URI uri;
    private Duration callTimeout = Duration.ofSeconds(60);
    private Duration deadline = Duration.ofMinutes(2);
    private int maxConnections = 64;
    private long maxAnswerBytes = 64L << 20;
    private Optional<ProxyServer> proxy = Optional.empty();
    private Optional<KeyStoreFile> trustStore = Optional.empty();
    private Optional<KeyStoreFile> keyStore = Optional.empty();
    private Map<String, String> headers = Map.of();

    private TestSettings(URI uri) {
        this.uri = uri;
    }

    static TestSettings of(URI uri) {
        return new TestSettings(uri);
    }

    TestSettings callTimeout(Duration value) {
        callTimeout = value;
        return this;
    }

    TestSettings deadline(Duration value) {
        deadline = value;
        return this;
    }

    TestSettings maxConnections(int value) {
        maxConnections = value;
        return this;
    }

    TestSettings maxAnswerBytes(long value) {
        maxAnswerBytes = value;
        return this;
    }

    TestSettings proxy(URI value) {
        proxy = Optional.of(new ProxyServer(value.toString()));
        return this;
    }

    TestSettings trustStore(KeyStoreFile value) {
        trustStore = Optional.of(value);
        return this;
    }

    TestSettings keyStore(KeyStoreFile value) {
        keyStore = Optional.of(value);
        return this;
    }

    TestSettings headers(Map<String, String> value) {
        headers = value;
        return this;
    }

    HttpSettings build() {
        HttpSettings defaults = HttpSettings.of(uri);
        return new HttpSettings(
                uri,
                defaults.connectTimeout(),
                callTimeout,
                defaults.maxAttempts(),
                deadline,
                maxConnections,
                maxAnswerBytes,
                proxy,
                trustStore,
                keyStore,
                headers,
                "trestle/test");
    }
}
