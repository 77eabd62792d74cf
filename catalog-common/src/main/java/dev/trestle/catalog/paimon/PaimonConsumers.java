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

import static dev.trestle.catalog.paimon.PaimonSnapshots.path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.ConsumerApi;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.consumer.ConsumerInfo;

/** {@code /consumers} of the Paimon REST API. */
record PaimonConsumers(PaimonClient client) implements ConsumerApi {

    private record ResetRequest(String consumerId, Long nextSnapshotId) {}

    private record ListAnswer(List<JsonNode> consumers, String nextPageToken) {}

    @Override
    public Page<ConsumerInfo> list(Identifier identifier, PageRequest page) {
        ListAnswer answer = client.get(
                PaimonTables.task("listConsumersOf", identifier),
                path(identifier, "consumers"),
                Listings.query(page),
                ListAnswer.class);
        return Listings.readablePage(
                "consumer",
                "consumerId",
                answer.consumers,
                answer.nextPageToken,
                ConsumerInfo.class,
                Function.identity());
    }

    @Override
    public void reset(Identifier identifier, String consumer, OptionalLong nextSnapshotId) {
        client.post(
                new Task("resetConsumer", "'" + consumer + "' of table '" + identifier.getFullName() + "'"),
                path(identifier, "consumers", "reset"),
                new ResetRequest(consumer, nextSnapshotId.isPresent() ? nextSnapshotId.getAsLong() : null),
                Repeat.IDEMPOTENT_CHANGE);
    }
}
