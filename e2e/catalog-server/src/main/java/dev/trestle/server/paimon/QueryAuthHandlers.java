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

import dev.trestle.server.catalog.QueryAuth;
import dev.trestle.server.catalog.QueryRules;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import org.apache.paimon.rest.requests.AuthTableQueryRequest;
import org.apache.paimon.rest.responses.AuthTableQueryResponse;

/** What a query may read, over HTTP. */
final class QueryAuthHandlers {

    private final QueryAuth queryAuth;

    QueryAuthHandlers(QueryAuth queryAuth) {
        this.queryAuth = queryAuth;
    }

    /** The rules for the caller; those of columns that the query leaves out too, since they do no harm. */
    Answer authorize(RoutedCall call) {
        PaimonJson.read(call.call().text(), AuthTableQueryRequest.class);
        QueryRules rules = queryAuth.of(TableHandlers.identifier(call), call.user());
        return PaimonJson.answer(
                200,
                new AuthTableQueryResponse(
                        rules.filters().isEmpty() ? null : rules.filters(),
                        rules.masks().isEmpty() ? null : rules.masks()));
    }
}
