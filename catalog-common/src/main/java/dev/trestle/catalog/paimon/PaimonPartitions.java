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

import static dev.trestle.catalog.paimon.PaimonTables.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.PartitionApi;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;

/** {@code /partitions} of the Paimon REST API. */
record PaimonPartitions(PaimonClient client) implements PartitionApi {

    private record SpecsRequest(List<Map<String, String>> specs) {}

    private record ListAnswer(List<JsonNode> partitions, String nextPageToken) {}

    private record NamedAnswer(List<Partition> partitions) {}

    @Override
    public Page<Partition> list(Identifier identifier, PageRequest page, Optional<String> namePattern) {
        Map<String, String> query = Listings.query(page);
        namePattern.ifPresent(pattern -> query.put("partitionNamePattern", pattern));
        ListAnswer answer = client.get(task("listPartitions", identifier), path(identifier), query, ListAnswer.class);
        return Listings.readablePage(
                "partition", "spec", answer.partitions, answer.nextPageToken, Partition.class, Function.identity());
    }

    @Override
    public List<Partition> listByNames(Identifier identifier, List<Map<String, String>> specs) {
        NamedAnswer answer = client.query(
                task("listPartitions", identifier),
                path(identifier, "list-by-names"),
                new SpecsRequest(specs),
                NamedAnswer.class);
        return Objects.requireNonNullElse(answer.partitions, List.of());
    }

    @Override
    public void markDone(Identifier identifier, List<Map<String, String>> specs) {
        client.post(
                task("markDonePartitions", identifier),
                path(identifier, "mark"),
                new SpecsRequest(specs),
                Repeat.IDEMPOTENT_CHANGE);
    }

    private static List<String> path(Identifier identifier, String... more) {
        return PaimonSnapshots.path(identifier, "partitions", more);
    }
}
