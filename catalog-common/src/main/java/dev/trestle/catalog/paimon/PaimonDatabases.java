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

import dev.trestle.catalog.api.DatabaseApi;
import dev.trestle.catalog.api.DatabaseInfo;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code /databases} of the Paimon REST API. */
record PaimonDatabases(PaimonClient client) implements DatabaseApi {

    private record CreateRequest(String name, Map<String, String> options) {}

    private record AlterRequest(Set<String> removals, Map<String, String> updates) {}

    private record ListAnswer(List<String> databases, String nextPageToken) {}

    private record Answer(
            String id,
            String name,
            String location,
            Map<String, String> options,
            String owner,
            Long createdAt,
            String createdBy,
            Long updatedAt,
            String updatedBy) {}

    @Override
    public Page<String> list(PageRequest page, Optional<String> namePattern) {
        Map<String, String> query = Listings.query(page);
        namePattern.ifPresent(pattern -> query.put("databaseNamePattern", pattern));
        ListAnswer answer =
                client.get(new Task("listDatabases", "of the catalog"), List.of("databases"), query, ListAnswer.class);
        return Listings.page(answer.databases, answer.nextPageToken);
    }

    @Override
    public DatabaseInfo get(String name) {
        Answer answer = client.get(task("getDatabase", name), path(name), Map.of(), Answer.class);
        return new DatabaseInfo(
                Optional.ofNullable(answer.id),
                name,
                Optional.ofNullable(answer.location),
                Objects.requireNonNullElse(answer.options, Map.of()),
                PaimonTables.audit(
                        answer.owner, answer.createdAt, answer.createdBy, answer.updatedAt, answer.updatedBy));
    }

    @Override
    public void create(String name, Map<String, String> options) {
        client.post(
                task("createDatabase", name), List.of("databases"), new CreateRequest(name, options), Repeat.CHANGE);
    }

    @Override
    public void alter(String name, Map<String, String> updates, Set<String> removals) {
        client.post(
                task("alterDatabase", name), path(name), new AlterRequest(removals, updates), Repeat.IDEMPOTENT_CHANGE);
    }

    @Override
    public void drop(String name) {
        client.delete(task("dropDatabase", name), path(name));
    }

    private static List<String> path(String name) {
        return List.of("databases", name);
    }

    private static Task task(String operation, String name) {
        return new Task(operation, "'" + name + "'");
    }
}
