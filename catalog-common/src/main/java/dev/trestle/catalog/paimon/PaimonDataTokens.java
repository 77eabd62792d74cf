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
package dev.trestle.catalog.paimon;

import dev.trestle.catalog.api.DataTokenApi;
import dev.trestle.catalog.api.MalformedAnswerException;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;

/** {@code /token} of the Paimon REST API. */
record PaimonDataTokens(PaimonClient client) implements DataTokenApi {

    private record Answer(Map<String, String> token, Long expiresAtMillis) {

        /** The record's own would show the credentials. */
        @Override
        public String toString() {
            return "Answer[expiresAtMillis=" + expiresAtMillis + "]";
        }
    }

    @Override
    public DataToken vend(Identifier identifier) {
        Answer answer = client.get(
                PaimonTables.task("getDataTokenOf", identifier),
                PaimonSnapshots.path(identifier, "token"),
                Map.of(),
                Answer.class);
        if (answer.token == null) {
            throw new MalformedAnswerException(
                    "The service vends a token for table '" + identifier.getFullName() + "' without its content");
        }
        return new DataToken(answer.token, answer.expiresAtMillis == null ? Long.MAX_VALUE : answer.expiresAtMillis);
    }
}
