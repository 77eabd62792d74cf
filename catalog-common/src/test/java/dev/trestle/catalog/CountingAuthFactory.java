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
package dev.trestle.catalog;

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthProviderFactory;
import dev.trestle.catalog.auth.RequestToSign;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sign-in of a user's own, {@code token.provider=counting}: sends the option {@code token}, and counts how often one was
 * made, loaded its token, and which tokens' were closed.
 */
public final class CountingAuthFactory implements AuthProviderFactory {

    static final AtomicInteger CREATED = new AtomicInteger();
    static final AtomicInteger LOADED = new AtomicInteger();
    static final Set<String> CLOSED = ConcurrentHashMap.newKeySet();

    @Override
    public String identifier() {
        return "counting";
    }

    @Override
    public AuthProvider create(AuthOptions options) {
        CREATED.incrementAndGet();
        String token = options.requireSecret("token").reveal();
        return new AuthProvider() {

            private final AtomicBoolean loaded = new AtomicBoolean();

            @Override
            public Map<String, String> headers(RequestToSign request) {
                if (loaded.compareAndSet(false, true)) {
                    LOADED.incrementAndGet();
                }
                return Map.of("Authorization", "Bearer " + token);
            }

            @Override
            public boolean invalidate() {
                return loaded.getAndSet(false);
            }

            @Override
            public void close() {
                CLOSED.add(token);
            }
        };
    }

    static void reset() {
        CREATED.set(0);
        LOADED.set(0);
        CLOSED.clear();
    }
}
