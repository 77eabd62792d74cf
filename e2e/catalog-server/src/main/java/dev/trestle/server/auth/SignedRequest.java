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
package dev.trestle.server.auth;

import dev.trestle.server.http.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.rest.auth.RESTAuthParameter;

/**
 * A call as its sender may have signed it. What arrives does not say how the sender encoded the query when signing:
 * Paimon's client signs it in form encoding and sends it in percent-encoding, others sign what they send.
 */
final class SignedRequest extends RESTAuthParameter {

    private final Map<String, String> encodedParameters;

    private SignedRequest(Call call, Map<String, String> encodedParameters) {
        super(call.path(), Map.of(), call.method(), call.text());
        this.encodedParameters = encodedParameters;
    }

    /** The ways to read a call, each of which a valid signature may be of. */
    static List<RESTAuthParameter> readings(Call call) {
        RESTAuthParameter formEncoded =
                new RESTAuthParameter(call.path(), call.parameters(), call.method(), call.text());
        return call.query().isEmpty()
                ? List.of(formEncoded)
                : List.of(formEncoded, new SignedRequest(call, asSent(call.query())));
    }

    private static Map<String, String> asSent(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return parameters;
    }

    @Override
    public Map<String, String> parameters() {
        return encodedParameters;
    }
}
