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

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.RequestToSign;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once where credentials leave for another host in plain text. */
final class PlainTextWarning implements AuthProvider {

    private static final Logger LOG = LoggerFactory.getLogger(PlainTextWarning.class);

    private final AuthProvider provider;
    private final String host;
    private final AtomicBoolean due;

    PlainTextWarning(AuthProvider provider, HttpSettings settings) {
        HttpUrl url = settings.baseUrl();
        this.provider = provider;
        this.host = url.host();
        this.due = new AtomicBoolean(!url.isHttps() && !isLoopback(url.host()));
    }

    @Override
    public Map<String, String> headers(RequestToSign request) {
        Map<String, String> headers = provider.headers(request);
        if (!headers.isEmpty() && due.compareAndSet(true, false)) {
            LOG.warn(
                    "Credentials for {} are sent unencrypted, so that others on the way can read them:"
                            + " use https:// in option 'uri'",
                    host);
        }
        return headers;
    }

    @Override
    public boolean invalidate() {
        return provider.invalidate();
    }

    @Override
    public void close() {
        provider.close();
    }

    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }
}
