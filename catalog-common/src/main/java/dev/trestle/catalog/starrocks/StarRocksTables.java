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
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.TableApi;
import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;

/** {@code …/tables} of the dialect. */
record StarRocksTables(StarRocksClient client, StarRocksDatabases databases, StarRocksColumns columns)
        implements TableApi {

    @Override
    public Page<String> list(
            String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType) {
        Predicate<String> wanted = NamePattern.of(namePattern);
        return new PagedListing(
                        client, new Operation("listTables", "of database '" + database + "'"), collection(database))
                .page(
                        page,
                        item -> tableType.isEmpty() || tableType.get().equals(TableJson.type(item))
                                ? StarRocksDatabases.name(item).filter(wanted)
                                : Optional.empty());
    }

    /** The dialect has no call for many tables at once, so each is asked for. */
    @Override
    public Page<TableDetails> details(
            String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType) {
        Page<String> names = list(database, page, namePattern, tableType);
        List<TableDetails> details = new ArrayList<>();
        for (String name : names.items()) {
            try {
                details.add(new TableDetails.Readable(get(Identifier.create(database, name))));
            } catch (NoSuchResourceException e) {
                // Dropped since it was listed.
                continue;
            } catch (MalformedAnswerException | UnsupportedByServiceException e) {
                details.add(new TableDetails.Unreadable(name, e.getMessage()));
            }
        }
        return new Page<>(details, names.nextToken());
    }

    /** The dialect lists one database at a time; the token counts what came before. */
    @Override
    public Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> tablePattern) {
        List<Identifier> all = new ArrayList<>();
        for (String database : Page.all(request -> databases.list(request, databasePattern))) {
            try {
                Page.all(request -> list(database, request, tablePattern, Optional.empty()))
                        .forEach(table -> all.add(Identifier.create(database, table)));
            } catch (NoSuchResourceException e) {
                // Dropped since it was listed.
                continue;
            }
        }
        int from = Math.min(page.token().map(Integer::parseInt).orElse(0), all.size());
        int to = page.maxResults().isPresent()
                ? Math.min(from + page.maxResults().getAsInt(), all.size())
                : all.size();
        return new Page<>(
                all.subList(from, to), to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    @Override
    public TableInfo get(Identifier identifier) {
        JsonNode json = client.get(Operation.onTable("getTable", identifier), path(identifier), Map.of());
        return TableJson.read(
                identifier,
                json,
                () -> json.path("columns").isArray()
                        ? ColumnJson.readAll(json.path("columns"))
                        : columns.list(identifier));
    }

    @Override
    public TableInfo getById(String id) {
        throw lacks("get the table with id '" + id + "'", "table ids to ask for");
    }

    @Override
    public void create(Identifier identifier, Schema schema) {
        create(Method.POST, identifier, schema);
    }

    @Override
    public void createIfAbsent(Identifier identifier, Schema schema) {
        create(Method.PUT, identifier, schema);
    }

    private void create(Method method, Identifier identifier, Schema schema) {
        client.change(
                Operation.onTable("createTable", identifier),
                method,
                client.settings().create(collection(identifier.getDatabaseName())),
                TableJson.write(identifier.getObjectName(), schema),
                Repeat.CHANGE);
    }

    @Override
    public void register(Identifier identifier, String path) {
        throw lacks("register table '" + identifier.getFullName() + "'", "call to take in files that are there");
    }

    @Override
    public void alter(Identifier identifier, List<SchemaChange> changes) {
        client.change(
                Operation.onTable("alterTable", identifier),
                Method.PATCH,
                path(identifier),
                ColumnChanges.write(changes),
                changes.stream().allMatch(StarRocksTables::isIdempotent) ? Repeat.IDEMPOTENT_CHANGE : Repeat.CHANGE);
    }

    /** Whether a change leaves the same schema when it is applied to its own result. */
    private static boolean isIdempotent(SchemaChange change) {
        return change instanceof SchemaChange.SetOption
                || change instanceof SchemaChange.RemoveOption
                || change instanceof SchemaChange.UpdateComment;
    }

    @Override
    public void rename(Identifier from, Identifier to) {
        ObjectNode body = StarRocksJson.object().put("newName", to.getObjectName());
        if (!from.getDatabaseName().equals(to.getDatabaseName())) {
            body.put("newDatabase", to.getDatabaseName());
        }
        client.change(
                new Operation("renameTable", "'" + from.getFullName() + "' to '" + to.getFullName() + "'"),
                Method.POST,
                StarRocksSettings.below(path(from), "rename"),
                body,
                Repeat.CHANGE);
    }

    /** The standard's DELETE does not say whether there was anything to drop, so that is asked first. */
    @Override
    public void drop(Identifier identifier) {
        client.get(Operation.onTable("getTable", identifier), path(identifier), Map.of());
        client.delete(Operation.onTable("dropTable", identifier), path(identifier), Map.of());
    }

    private List<String> collection(String database) {
        return StarRocksSettings.below(client.settings().databases(), database, "tables");
    }

    private List<String> path(Identifier identifier) {
        return path(client.settings(), identifier);
    }

    static List<String> path(StarRocksSettings settings, Identifier identifier) {
        return StarRocksSettings.below(
                settings.databases(), identifier.getDatabaseName(), "tables", identifier.getObjectName());
    }

    private static UnsupportedByServiceException lacks(String operation, String resource) {
        return new UnsupportedByServiceException("Cannot " + operation + ": the service's protocol has no " + resource);
    }
}
