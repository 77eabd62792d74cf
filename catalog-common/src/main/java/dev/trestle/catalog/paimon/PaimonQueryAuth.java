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

import dev.trestle.catalog.api.QueryAuthApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.TableQueryAuthResult;

/** {@code /auth} of the Paimon REST API. */
record PaimonQueryAuth(PaimonClient client) implements QueryAuthApi {

    private record Request(List<String> select) {}

    private record Answer(List<String> filter, Map<String, String> columnMasking) {}

    @Override
    public TableQueryAuthResult authorize(Identifier identifier, Optional<List<String>> select) {
        Answer answer = client.query(
                PaimonTables.task("authorizeQueryOf", identifier),
                PaimonSnapshots.path(identifier, "auth"),
                new Request(select.orElse(null)),
                Answer.class);
        return new TableQueryAuthResult(answer.filter, answer.columnMasking);
    }
}
