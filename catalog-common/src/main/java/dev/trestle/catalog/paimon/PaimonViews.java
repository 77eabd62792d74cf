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

import static dev.trestle.catalog.paimon.PaimonTables.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ViewApi;
import dev.trestle.catalog.api.ViewInfo;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewSchema;

/** {@code /views} of the Paimon REST API. */
record PaimonViews(PaimonClient client) implements ViewApi {

    private record CreateRequest(Identifier identifier, ViewSchema schema) {}

    private record AlterRequest(List<ViewChange> changes) {}

    private record RenameRequest(Identifier source, Identifier destination) {}

    private record ListAnswer(List<String> views, String nextPageToken) {}

    private record ListAllAnswer(List<Identifier> views, String nextPageToken) {}

    private record DetailsAnswer(List<JsonNode> viewDetails, String nextPageToken) {}

    private record Answer(
            String id,
            String name,
            ViewSchema schema,
            String owner,
            Long createdAt,
            String createdBy,
            Long updatedAt,
            String updatedBy) {

        ViewInfo toView(String nameIfAbsent) {
            if (schema == null) {
                throw new MalformedAnswerException("The service describes view '"
                        + Objects.requireNonNullElse(name, nameIfAbsent) + "' without its schema");
            }
            return new ViewInfo(
                    Optional.ofNullable(id),
                    Objects.requireNonNullElse(name, nameIfAbsent),
                    schema,
                    audit(owner, createdAt, createdBy, updatedAt, updatedBy));
        }
    }

    @Override
    public Page<String> list(String database, PageRequest page, Optional<String> namePattern) {
        ListAnswer answer = client.get(
                new Task("listViews", "of database '" + database + "'"),
                List.of("databases", database, "views"),
                listQuery(page, namePattern),
                ListAnswer.class);
        return Listings.page(answer.views, answer.nextPageToken);
    }

    @Override
    public Page<ViewInfo> details(String database, PageRequest page, Optional<String> namePattern) {
        DetailsAnswer answer = client.get(
                new Task("listViewDetails", "of database '" + database + "'"),
                List.of("databases", database, "view-details"),
                listQuery(page, namePattern),
                DetailsAnswer.class);
        return Listings.readablePage(
                "view", "name", answer.viewDetails, answer.nextPageToken, Answer.class, view -> view.toView(""));
    }

    @Override
    public Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> viewPattern) {
        Map<String, String> query = listQuery(page, viewPattern);
        databasePattern.ifPresent(pattern -> query.put("databaseNamePattern", pattern));
        ListAllAnswer answer =
                client.get(new Task("listViews", "of all databases"), List.of("views"), query, ListAllAnswer.class);
        return Listings.page(answer.views, answer.nextPageToken);
    }

    @Override
    public ViewInfo get(Identifier identifier) {
        return client.get(task("getView", identifier), path(identifier), Map.of(), Answer.class)
                .toView(identifier.getObjectName());
    }

    @Override
    public void create(Identifier identifier, ViewSchema schema) {
        client.post(
                task("createView", identifier),
                List.of("databases", identifier.getDatabaseName(), "views"),
                new CreateRequest(identifier, schema),
                Repeat.CHANGE);
    }

    @Override
    public void alter(Identifier identifier, List<ViewChange> changes) {
        client.post(task("alterView", identifier), path(identifier), new AlterRequest(changes), Repeat.CHANGE);
    }

    @Override
    public void rename(Identifier from, Identifier to) {
        client.post(
                new Task("renameView", "'" + from.getFullName() + "' to '" + to.getFullName() + "'"),
                List.of("views", "rename"),
                new RenameRequest(from, to),
                Repeat.CHANGE);
    }

    @Override
    public void drop(Identifier identifier) {
        client.delete(task("dropView", identifier), path(identifier));
    }

    private static List<String> path(Identifier identifier) {
        return List.of("databases", identifier.getDatabaseName(), "views", identifier.getObjectName());
    }

    private static Task task(String operation, Identifier identifier) {
        return PaimonTables.task(operation, identifier);
    }

    private static Map<String, String> listQuery(PageRequest page, Optional<String> namePattern) {
        return Listings.query(page, "viewNamePattern", namePattern);
    }
}
