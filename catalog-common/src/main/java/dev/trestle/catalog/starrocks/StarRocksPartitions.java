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
package dev.trestle.catalog.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.PartitionApi;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;

/** {@code …/tables/{table}/partitions} of the dialect. A partition is named {@code key=value}, joined by {@code /}. */
record StarRocksPartitions(StarRocksClient client) implements PartitionApi {

    @Override
    public Page<Partition> list(Identifier identifier, PageRequest page, Optional<String> namePattern) {
        Predicate<String> wanted = NamePattern.of(namePattern);
        return listing(identifier)
                .page(page, item -> wanted.test(name(item)) ? Optional.of(read(item)) : Optional.empty());
    }

    /** The dialect has no call for some partitions alone, so all are listed. */
    @Override
    public List<Partition> listByNames(Identifier identifier, List<Map<String, String>> specs) {
        Set<Map<String, String>> wanted = new HashSet<>(specs);
        return Page.all(page -> list(identifier, page, Optional.empty())).stream()
                .filter(partition -> wanted.contains(partition.spec()))
                .toList();
    }

    @Override
    public void markDone(Identifier identifier, List<Map<String, String>> specs) {
        throw new UnsupportedByServiceException("Cannot mark partitions of table '" + identifier.getFullName()
                + "' as done: the service's protocol has no marks");
    }

    private PagedListing listing(Identifier identifier) {
        return new PagedListing(
                client,
                Operation.onTable("listPartitions", identifier),
                StarRocksSettings.below(StarRocksTables.path(client.settings(), identifier), "partitions"));
    }

    private static String name(JsonNode item) {
        return StarRocksJson.text(item, "name")
                .orElseGet(() ->
                        spec(item).entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("/")));
    }

    private static Partition read(JsonNode item) {
        return new Partition(
                spec(item),
                item.path("recordCount").asLong(0),
                item.path("fileSizeInBytes").asLong(0),
                item.path("fileCount").asLong(0),
                item.path("lastFileCreationTime").asLong(0),
                item.path("totalBuckets").asInt(0),
                item.path("done").asBoolean(false),
                StarRocksJson.number(item, "createTime").orElse(null),
                StarRocksJson.text(item, "createdBy").orElse(null),
                StarRocksJson.number(item, "updateTime").orElse(null),
                StarRocksJson.text(item, "updatedBy").orElse(null),
                new HashMap<>());
    }

    private static Map<String, String> spec(JsonNode item) {
        Map<String, String> spec = new LinkedHashMap<>();
        item.path("spec")
                .properties()
                .forEach(value -> spec.put(value.getKey(), value.getValue().asText()));
        return spec;
    }
}
