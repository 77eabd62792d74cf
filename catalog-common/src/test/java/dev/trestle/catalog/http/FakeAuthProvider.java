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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Numbers the tokens that it hands out, and remembers what it was asked to sign. */
final class FakeAuthProvider implements AuthProvider {

    static final String SECRET = "s3cr3t-token";

    private final boolean refreshes;
    private final List<RequestToSign> signed = new CopyOnWriteArrayList<>();
    private volatile int token = 1;
    private volatile int invalidations;

    private FakeAuthProvider(boolean refreshes) {
        this.refreshes = refreshes;
    }

    static FakeAuthProvider fixed() {
        return new FakeAuthProvider(false);
    }

    static FakeAuthProvider refreshing() {
        return new FakeAuthProvider(true);
    }

    @Override
    public Map<String, String> headers(RequestToSign request) {
        signed.add(request);
        return Map.of("Authorization", "Bearer " + SECRET + "-" + token, "x-signature-number", "" + signed.size());
    }

    @Override
    public synchronized boolean invalidate() {
        invalidations++;
        if (refreshes) {
            token++;
        }
        return refreshes;
    }

    List<RequestToSign> signed() {
        return signed;
    }

    int invalidations() {
        return invalidations;
    }
}
