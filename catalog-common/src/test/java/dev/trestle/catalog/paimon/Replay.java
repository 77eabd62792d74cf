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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.RestApi;
import dev.trestle.catalog.api.SnapshotApi;
import dev.trestle.catalog.api.TableApi;
import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.http.HttpTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.TableSnapshot;

/** Makes, of a captured request, the call of ours that should send the same; and compares our reading of the answer. */
record Replay(Exchange exchange, HttpTransport transport) {

    private static final int PREFIX = 1;

    /** Carries out the call. Its result has been compared with the captured answer. */
    void run() throws Exception {
        List<String> path = exchange.segments();
        if (path.get(0).equals("config")) {
            config();
            return;
        }
        RestApi api = new PaimonRestApi(transport, Optional.of(path.get(0)));
        List<String> resource = path.subList(PREFIX, path.size());
        switch (exchange.method() + " " + shape(resource)) {
            case "GET databases" -> names(api.databases().list(page(), query("databaseNamePattern")), "databases");
            case "POST databases" -> api.databases().create(body().get("name").asText(), texts(body().get("options")));
            case "GET databases/*" -> database(api, resource.get(1));
            case "POST databases/*" ->
                api.databases()
                        .alter(
                                resource.get(1),
                                texts(body().get("updates")),
                                new HashSet<>(list(body().get("removals"))));
            case "DELETE databases/*" -> api.databases().drop(resource.get(1));
            case "GET databases/*/tables" ->
                names(
                        api.tables().list(resource.get(1), page(), query("tableNamePattern"), query("tableType")),
                        "tables");
            case "GET databases/*/table-details" ->
                details(api.tables().details(resource.get(1), page(), query("tableNamePattern"), query("tableType")));
            case "GET tables" ->
                identifiers(api.tables().listAll(page(), query("databaseNamePattern"), query("tableNamePattern")));
            case "GET tables/id/*" -> table(api.tables().getById(resource.get(2)), answer());
            case "POST databases/*/tables" ->
                api.tables().create(identifier(body().get("identifier")), paimon(body().get("schema"), Schema.class));
            case "POST databases/*/register" ->
                api.tables()
                        .register(
                                identifier(body().get("identifier")),
                                body().get("path").asText());
            case "POST tables/rename" ->
                api.tables().rename(identifier(body().get("source")), identifier(body().get("destination")));
            default -> ofObject(api, resource);
        }
    }

    private void ofObject(RestApi api, List<String> resource) throws Exception {
        if (!resource.contains("tables")) {
            new ViewAndFunctionReplay(exchange, api).run(resource);
            return;
        }
        Identifier table = Identifier.create(resource.get(1), resource.get(3));
        List<String> rest = resource.subList(4, resource.size());
        if (!rest.isEmpty() && VersionReplay.RESOURCES.contains(rest.get(0))) {
            new VersionReplay(exchange, api).run(table, rest);
        } else {
            ofTable(api, table, rest);
        }
    }

    private void ofTable(RestApi api, Identifier table, List<String> rest) throws Exception {
        TableApi tables = api.tables();
        SnapshotApi snapshots = api.snapshots().orElseThrow();
        switch (exchange.method() + (rest.isEmpty() ? "" : " " + String.join("/", rest))) {
            case "GET" -> table(tables.get(table), answer());
            case "POST" -> tables.alter(table, paimonList(body().get("changes"), SchemaChange.class));
            case "DELETE" -> tables.drop(table);
            case "POST commit" -> commit(snapshots, table);
            case "GET snapshot" -> latest(snapshots.latest(table));
            case "GET snapshots" -> snapshots.list(table, page());
            case "GET partitions" -> partitions(api.partitions().list(table, page(), query("partitionNamePattern")));
            case "POST partitions/list-by-names" ->
                partitions(new Page<>(api.partitions().listByNames(table, specs()), Optional.empty()));
            case "POST partitions/mark" -> api.partitions().markDone(table, specs());
            default -> version(snapshots, table, rest);
        }
    }

    private void config() {
        RestApi.Config config = PaimonRestApi.config(transport, query("warehouse"));
        assertThat(config.defaults()).isEqualTo(texts(answer().get("defaults")));
        assertThat(config.overrides()).isEqualTo(texts(answer().get("overrides")));
    }

    private void database(RestApi api, String name) {
        var database = api.databases().get(name);
        assertThat(database.id()).contains(answer().get("id").asText());
        assertThat(database.name()).isEqualTo(answer().get("name").asText());
        assertThat(database.location()).contains(answer().get("location").asText());
        assertThat(database.options()).isEqualTo(texts(answer().get("options")));
        assertThat(database.audit().owner()).contains(answer().get("owner").asText());
        assertThat(database.audit().createdAt())
                .contains(answer().get("createdAt").asLong());
        assertThat(database.audit().updatedBy())
                .contains(answer().get("updatedBy").asText());
    }

    private void names(Page<String> page, String field) {
        assertThat(page.items()).isEqualTo(list(answer().get(field)));
        next(page);
    }

    private void identifiers(Page<Identifier> page) throws Exception {
        assertThat(page.items()).isEqualTo(paimonList(answer().get("tables"), Identifier.class));
        next(page);
    }

    private void details(Page<TableDetails> page) throws Exception {
        JsonNode captured = answer().get("tableDetails");
        assertThat(page.items()).hasSameSizeAs(captured);
        for (int i = 0; i < captured.size(); i++) {
            assertThat(page.items().get(i)).isInstanceOf(TableDetails.Readable.class);
            table(((TableDetails.Readable) page.items().get(i)).table(), captured.get(i));
        }
        next(page);
    }

    private static void table(TableInfo table, JsonNode captured) throws Exception {
        assertThat(table.id()).contains(captured.get("id").asText());
        assertThat(table.database()).isEqualTo(captured.get("database").asText());
        assertThat(table.name()).isEqualTo(captured.get("name").asText());
        assertThat(table.path()).isEqualTo(captured.get("path").asText());
        assertThat(table.external()).isEqualTo(captured.get("isExternal").asBoolean());
        assertThat(table.schemaId()).isEqualTo(captured.get("schemaId").asLong());
        assertThat(Exchange.JSON.readTree(RESTApi.toJson(table.schema()))).isEqualTo(captured.get("schema"));
        assertThat(table.audit().createdBy()).contains(captured.get("createdBy").asText());
        assertThat(table.audit().updatedAt()).contains(captured.get("updatedAt").asLong());
    }

    private void commit(SnapshotApi snapshots, Identifier table) throws Exception {
        boolean committed = snapshots.commit(
                table,
                Optional.of(body().get("tableId").asText()),
                paimon(body().get("snapshot"), Snapshot.class),
                paimonList(body().get("statistics"), PartitionStatistics.class));
        assertThat(committed).isEqualTo(answer().get("success").asBoolean());
    }

    private void latest(Optional<TableSnapshot> snapshot) throws Exception {
        if (exchange.status() == 404) {
            assertThat(snapshot).as("a table without a snapshot").isEmpty();
        } else {
            assertThat(Exchange.JSON.readTree(RESTApi.toJson(snapshot.orElseThrow())))
                    .isEqualTo(answer().get("snapshot"));
        }
    }

    private void version(SnapshotApi snapshots, Identifier table, List<String> rest) throws Exception {
        assertThat(rest).hasSize(2).first().isEqualTo("snapshots");
        Optional<Snapshot> snapshot = snapshots.get(table, rest.get(1));
        if (exchange.status() == 404) {
            assertThat(snapshot).as("a version that is not there").isEmpty();
        } else {
            assertThat(Exchange.JSON.readTree(snapshot.orElseThrow().toJson())).isEqualTo(answer().get("snapshot"));
        }
    }

    private void partitions(Page<Partition> page) throws Exception {
        assertThat(page.items()).isEqualTo(paimonList(answer().get("partitions"), Partition.class));
        next(page);
    }

    private void next(Page<?> page) {
        assertThat(page.nextToken())
                .isEqualTo(Optional.ofNullable(answer().get("nextPageToken"))
                        .filter(token -> !token.isNull())
                        .map(JsonNode::asText));
    }

    /** The path with each name of an object replaced by an asterisk. */
    private static String shape(List<String> path) {
        List<String> shape = new ArrayList<>(path);
        if (shape.get(0).equals("databases") && shape.size() > 1) {
            shape.set(1, "*");
        } else if (shape.size() == 3 && shape.get(1).equals("id")) {
            shape.set(2, "*");
        }
        return String.join("/", shape);
    }

    private PageRequest page() {
        OptionalInt max =
                query("maxResults").stream().mapToInt(Integer::parseInt).findAny();
        return new PageRequest(max, query("pageToken"));
    }

    private Optional<String> query(String name) {
        return Optional.ofNullable(exchange.query().get(name));
    }

    private JsonNode body() {
        return exchange.requestBody();
    }

    private JsonNode answer() {
        return exchange.responseBody();
    }

    private List<Map<String, String>> specs() {
        List<Map<String, String>> specs = new ArrayList<>();
        body().get("specs").forEach(spec -> specs.add(texts(spec)));
        return specs;
    }

    static Identifier identifier(JsonNode json) {
        return Identifier.create(
                json.get("database").asText(), json.get("object").asText());
    }

    static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    static List<String> list(JsonNode json) {
        List<String> items = new ArrayList<>();
        json.forEach(item -> items.add(item.asText()));
        return items;
    }

    static <T> T paimon(JsonNode json, Class<T> type) throws IOException {
        return RESTApi.fromJson(json.toString(), type);
    }

    static <T> List<T> paimonList(JsonNode json, Class<T> type) throws IOException {
        List<T> items = new ArrayList<>();
        for (JsonNode item : json) {
            items.add(paimon(item, type));
        }
        return items;
    }
}
