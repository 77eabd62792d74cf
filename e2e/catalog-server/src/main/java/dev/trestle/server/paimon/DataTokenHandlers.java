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
package dev.trestle.server.paimon;

import dev.trestle.server.catalog.DataTokens;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import org.apache.paimon.rest.responses.GetTableTokenResponse;

/** Credentials for tables' files over HTTP. */
final class DataTokenHandlers {

    private final DataTokens tokens;

    DataTokenHandlers(DataTokens tokens) {
        this.tokens = tokens;
    }

    Answer get(RoutedCall call) {
        DataTokens.DataToken token = tokens.vend(TableHandlers.identifier(call), call.user());
        return PaimonJson.answer(200, new GetTableTokenResponse(token.options(), token.expiresAtMillis()));
    }
}
