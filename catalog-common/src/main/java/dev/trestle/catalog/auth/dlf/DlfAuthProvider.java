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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.RequestToSign;
import dev.trestle.catalog.auth.TokenSource;
import java.time.Clock;
import java.util.Map;

/** Signs requests to Alibaba Cloud DLF with a token that is valid at the moment. */
final class DlfAuthProvider implements AuthProvider {

    private final TokenSource<DlfToken> tokens;
    private final RequestSigner signer;
    private final Clock clock;

    DlfAuthProvider(TokenSource<DlfToken> tokens, RequestSigner signer, Clock clock) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.signer = requireNonNull(signer, "signer is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Map<String, String> headers(RequestToSign request) {
        DlfToken token = tokens.getOrRefreshToken();
        return signer.sign(request, token, clock.instant());
    }

    @Override
    public boolean invalidate() {
        return tokens.invalidate();
    }

    @Override
    public void close() {
        tokens.close();
    }
}
