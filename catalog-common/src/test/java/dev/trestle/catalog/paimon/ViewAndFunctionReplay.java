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
import dev.trestle.catalog.api.FunctionApi;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.RestApi;
import dev.trestle.catalog.api.ViewApi;
import dev.trestle.catalog.api.ViewInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.CreateFunctionRequest;
import org.apache.paimon.rest.responses.GetFunctionResponse;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewSchema;

/** Carries out a captured call on views or functions. */
record ViewAndFunctionReplay(Exchange exchange, RestApi api) {

    /** @param path below the prefix */
    void run(List<String> path) throws Exception {
        String kind = path.get(0).equals("databases") ? path.get(2) : path.get(0);
        if (kind.startsWith("view")) {
            views(api.views().orElseThrow(), path);
        } else {
            functions(api.functions().orElseThrow(), path);
        }
    }

    private void views(ViewApi views, List<String> path) throws Exception {
        switch (exchange.method() + " " + shape(path)) {
            case "GET databases/views" -> names(views.list(path.get(1), page(), query("viewNamePattern")), "views");
            case "GET databases/view-details" -> {
                Page<ViewInfo> page = views.details(path.get(1), page(), query("viewNamePattern"));
                view(page.items().get(0), answer().get("viewDetails").get(0));
            }
            case "GET views" ->
                assertThat(views.listAll(page(), query("databaseNamePattern"), query("viewNamePattern"))
                                .items())
                        .isEqualTo(Replay.paimonList(answer().get("views"), Identifier.class));
            case "POST views/rename" ->
                views.rename(Replay.identifier(body().get("source")), Replay.identifier(body().get("destination")));
            case "POST databases/views" ->
                views.create(
                        Replay.identifier(body().get("identifier")),
                        Replay.paimon(body().get("schema"), ViewSchema.class));
            case "GET databases/views/*" -> view(views.get(identifier(path)), answer());
            case "POST databases/views/*" ->
                views.alter(identifier(path), Replay.paimonList(body().get("changes"), ViewChange.class));
            case "DELETE databases/views/*" -> views.drop(identifier(path));
            default -> throw new AssertionError("no call for " + exchange);
        }
    }

    private void functions(FunctionApi functions, List<String> path) throws Exception {
        switch (exchange.method() + " " + shape(path)) {
            case "GET databases/functions" ->
                names(functions.list(path.get(1), page(), query("functionNamePattern")), "functions");
            case "GET databases/function-details" -> {
                Page<Function> page = functions.details(path.get(1), page(), query("functionNamePattern"));
                function(page.items().get(0), answer().get("functionDetails").get(0), path.get(1));
            }
            case "GET functions" ->
                assertThat(functions
                                .listAll(page(), query("databaseNamePattern"), query("functionNamePattern"))
                                .items())
                        .isEqualTo(Replay.paimonList(answer().get("functions"), Identifier.class));
            case "POST databases/functions" -> {
                CreateFunctionRequest request = Replay.paimon(body(), CreateFunctionRequest.class);
                Identifier identifier = Identifier.create(path.get(1), request.name());
                functions.create(identifier, toFunction(identifier, body()));
            }
            case "GET databases/functions/*" -> function(functions.get(identifier(path)), answer(), path.get(1));
            case "POST databases/functions/*" ->
                functions.alter(identifier(path), Replay.paimonList(body().get("changes"), FunctionChange.class));
            case "DELETE databases/functions/*" -> functions.drop(identifier(path));
            default -> throw new AssertionError("no call for " + exchange);
        }
    }

    private static void view(ViewInfo view, JsonNode captured) throws Exception {
        assertThat(view.name()).isEqualTo(captured.get("name").asText());
        assertThat(view.id()).contains(captured.get("id").asText());
        assertThat(Exchange.JSON.readTree(RESTApi.toJson(view.schema()))).isEqualTo(captured.get("schema"));
        assertThat(view.audit().owner()).contains(captured.get("owner").asText());
    }

    private static void function(Function function, JsonNode captured, String database) throws Exception {
        Identifier identifier = Identifier.create(database, captured.get("name").asText());
        assertThat(function).isEqualTo(toFunction(identifier, captured));
    }

    private static Function toFunction(Identifier identifier, JsonNode json) throws Exception {
        return Replay.paimon(json, GetFunctionResponse.class).toFunction(identifier);
    }

    private void names(Page<String> page, String field) {
        assertThat(page.items()).isEqualTo(Replay.list(answer().get(field)));
    }

    private static Identifier identifier(List<String> path) {
        return Identifier.create(path.get(1), path.get(3));
    }

    /** The path without the database's name, and an asterisk for the object's. */
    private static String shape(List<String> path) {
        if (!path.get(0).equals("databases")) {
            return String.join("/", path);
        }
        return "databases/" + path.get(2) + (path.size() > 3 ? "/*" : "");
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
}
