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

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.Audit;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.TableApi;
import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;

/** {@code /tables} of the Paimon REST API. */
record PaimonTables(PaimonClient client) implements TableApi {

    private record CreateRequest(Identifier identifier, Schema schema) {}

    private record RegisterRequest(Identifier identifier, String path) {}

    private record AlterRequest(List<SchemaChange> changes) {}

    private record RenameRequest(Identifier source, Identifier destination) {}

    private record ListAnswer(List<String> tables, String nextPageToken) {}

    private record ListAllAnswer(List<Identifier> tables, String nextPageToken) {}

    private record DetailsAnswer(List<JsonNode> tableDetails, String nextPageToken) {}

    private record Answer(
            String id,
            String database,
            String name,
            String path,
            boolean isExternal,
            long schemaId,
            Schema schema,
            String owner,
            Long createdAt,
            String createdBy,
            Long updatedAt,
            String updatedBy) {

        TableInfo toTable(String databaseIfAbsent, String nameIfAbsent) {
            if (path == null || schema == null) {
                throw new MalformedAnswerException("The service describes table '"
                        + Objects.requireNonNullElse(name, nameIfAbsent) + "' without "
                        + (path == null ? "its path" : "its schema"));
            }
            return new TableInfo(
                    Optional.ofNullable(id),
                    Objects.requireNonNullElse(database, databaseIfAbsent),
                    Objects.requireNonNullElse(name, nameIfAbsent),
                    path,
                    isExternal,
                    schemaId,
                    schema,
                    audit(owner, createdAt, createdBy, updatedAt, updatedBy));
        }
    }

    @Override
    public Page<String> list(
            String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType) {
        ListAnswer answer = client.get(
                new Task("listTables", "of database '" + database + "'"),
                List.of("databases", database, "tables"),
                listQuery(page, namePattern, tableType),
                ListAnswer.class);
        return Listings.page(answer.tables, answer.nextPageToken);
    }

    @Override
    public Page<TableDetails> details(
            String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType) {
        DetailsAnswer answer = client.get(
                new Task("listTableDetails", "of database '" + database + "'"),
                List.of("databases", database, "table-details"),
                listQuery(page, namePattern, tableType),
                DetailsAnswer.class);
        List<TableDetails> details = Objects.requireNonNullElse(answer.tableDetails, List.<JsonNode>of()).stream()
                .map(node -> readDetails(database, node))
                .toList();
        return Listings.page(details, answer.nextPageToken);
    }

    @Override
    public Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> tablePattern) {
        Map<String, String> query = Listings.query(page);
        databasePattern.ifPresent(pattern -> query.put("databaseNamePattern", pattern));
        tablePattern.ifPresent(pattern -> query.put("tableNamePattern", pattern));
        ListAllAnswer answer =
                client.get(new Task("listTables", "of all databases"), List.of("tables"), query, ListAllAnswer.class);
        return Listings.page(answer.tables, answer.nextPageToken);
    }

    @Override
    public TableInfo get(Identifier identifier) {
        return client.get(task("getTable", identifier), path(identifier), Map.of(), Answer.class)
                .toTable(identifier.getDatabaseName(), identifier.getObjectName());
    }

    @Override
    public TableInfo getById(String id) {
        return client.get(
                        new Task("getTable", "with id '" + id + "'"),
                        List.of("tables", "id", id),
                        Map.of(),
                        Answer.class)
                .toTable("", id);
    }

    @Override
    public void create(Identifier identifier, Schema schema) {
        client.post(
                task("createTable", identifier),
                List.of("databases", identifier.getDatabaseName(), "tables"),
                new CreateRequest(identifier, schema),
                Repeat.CHANGE);
    }

    @Override
    public void register(Identifier identifier, String path) {
        client.post(
                task("registerTable", identifier),
                List.of("databases", identifier.getDatabaseName(), "register"),
                new RegisterRequest(identifier, path),
                Repeat.CHANGE);
    }

    @Override
    public void alter(Identifier identifier, List<SchemaChange> changes) {
        client.post(
                task("alterTable", identifier),
                path(identifier),
                new AlterRequest(changes),
                changes.stream().allMatch(PaimonTables::isIdempotent) ? Repeat.IDEMPOTENT_CHANGE : Repeat.CHANGE);
    }

    @Override
    public void rename(Identifier from, Identifier to) {
        client.post(
                new Task("renameTable", "'" + from.getFullName() + "' to '" + to.getFullName() + "'"),
                List.of("tables", "rename"),
                new RenameRequest(from, to),
                Repeat.CHANGE);
    }

    @Override
    public void drop(Identifier identifier) {
        client.delete(task("dropTable", identifier), path(identifier));
    }

    static List<String> path(Identifier identifier) {
        return List.of("databases", identifier.getDatabaseName(), "tables", identifier.getObjectName());
    }

    static Task task(String operation, Identifier identifier) {
        return new Task(operation, "'" + identifier.getFullName() + "'");
    }

    static Audit audit(String owner, Long createdAt, String createdBy, Long updatedAt, String updatedBy) {
        return new Audit(
                Optional.ofNullable(owner),
                Optional.ofNullable(createdAt),
                Optional.ofNullable(createdBy),
                Optional.ofNullable(updatedAt),
                Optional.ofNullable(updatedBy));
    }

    /** Whether a change leaves the same schema when it is applied to its own result. */
    private static boolean isIdempotent(SchemaChange change) {
        return change instanceof SchemaChange.SetOption
                || change instanceof SchemaChange.RemoveOption
                || change instanceof SchemaChange.UpdateComment;
    }

    private static Map<String, String> listQuery(
            PageRequest page, Optional<String> namePattern, Optional<String> tableType) {
        Map<String, String> query = Listings.query(page);
        namePattern.ifPresent(pattern -> query.put("tableNamePattern", pattern));
        tableType.ifPresent(type -> query.put("tableType", type));
        return query;
    }

    private static TableDetails readDetails(String database, JsonNode node) {
        String name = node.path("name").asText("");
        try {
            return new TableDetails.Readable(PaimonJson.read(node, Answer.class).toTable(database, name));
        } catch (IOException e) {
            return new TableDetails.Unreadable(
                    name,
                    "the service describes it with "
                            + PaimonJson.unknownContent(e).orElse("something unreadable"));
        } catch (MalformedAnswerException e) {
            return new TableDetails.Unreadable(name, e.getMessage());
        }
    }
}
