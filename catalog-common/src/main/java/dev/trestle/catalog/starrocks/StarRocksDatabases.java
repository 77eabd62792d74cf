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
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.catalog.api.DatabaseApi;
import dev.trestle.catalog.api.DatabaseInfo;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code …/databases} of the dialect. */
record StarRocksDatabases(StarRocksClient client) implements DatabaseApi {

    private static final Map<String, String> WITH_ALL_IN_IT = Map.of("force", "true");

    @Override
    public Page<String> list(PageRequest page, Optional<String> namePattern) {
        Predicate<String> wanted = NamePattern.of(namePattern);
        return new PagedListing(
                        client,
                        new Operation("listDatabases", "of the catalog"),
                        client.settings().databases())
                .page(page, item -> name(item).filter(wanted));
    }

    /** The name of an item of a listing, which may be nothing but the name. */
    static Optional<String> name(JsonNode item) {
        return item.isTextual() ? Optional.of(item.asText()) : StarRocksJson.text(item, "name");
    }

    @Override
    public DatabaseInfo get(String name) {
        JsonNode json = client.get(Operation.onDatabase("getDatabase", name), path(name), Map.of());
        return new DatabaseInfo(
                StarRocksJson.text(json, "id"),
                name,
                StarRocksJson.text(json, "location"),
                StarRocksJson.map(json, "properties"),
                Audits.read(json));
    }

    @Override
    public void create(String name, Map<String, String> options) {
        create(Method.POST, name, options);
    }

    @Override
    public void createIfAbsent(String name, Map<String, String> options) {
        create(Method.PUT, name, options);
    }

    private void create(Method method, String name, Map<String, String> options) {
        ObjectNode body = StarRocksJson.object().put("name", name);
        StarRocksJson.put(body, "properties", options);
        client.change(
                Operation.onDatabase("createDatabase", name),
                method,
                client.settings().create(client.settings().databases()),
                body,
                Repeat.CHANGE);
    }

    @Override
    public void alter(String name, Map<String, String> updates, Set<String> removals) {
        ObjectNode body = StarRocksJson.object();
        ObjectNode properties = body.putObject("properties");
        removals.forEach(properties::putNull);
        updates.forEach(properties::put);
        client.change(
                Operation.onDatabase("alterDatabase", name), Method.PATCH, path(name), body, Repeat.IDEMPOTENT_CHANGE);
    }

    /** The standard's DELETE does not say whether there was anything to drop, so that is asked first. */
    @Override
    public void drop(String name) {
        get(name);
        client.delete(Operation.onDatabase("dropDatabase", name), path(name), WITH_ALL_IN_IT);
    }

    @Override
    public void dropEmpty(String name) {
        get(name);
        client.delete(Operation.onDatabase("dropDatabase", name), path(name), Map.of());
    }

    private List<String> path(String name) {
        return StarRocksSettings.below(client.settings().databases(), name);
    }
}
