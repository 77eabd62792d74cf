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
import dev.trestle.catalog.api.DataTokenApi.DataToken;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.RestApi;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.responses.GetTagResponse;
import org.apache.paimon.table.Instant;

/** Carries out a captured call on a table's tags, branches, consumers, rollback, authorization or credentials. */
record VersionReplay(Exchange exchange, RestApi api) {

    static final Set<String> RESOURCES =
            Set.of("tags", "branches", "rollback", "rollback-schema", "consumers", "auth", "token");

    /** @param rest the path below the table */
    void run(Identifier table, List<String> rest) throws Exception {
        switch (rest.get(0)) {
            case "tags" -> tags(table, rest);
            case "branches" -> branches(table, rest);
            case "consumers" ->
                api.consumers().orElseThrow().reset(table, text("consumerId"), number("nextSnapshotId"));
            case "auth" -> authorize(table);
            case "token" -> token(table);
            case "rollback" ->
                api.snapshots()
                        .orElseThrow()
                        .rollback(table, Replay.paimon(body().get("instant"), Instant.class), OptionalLong.empty());
            default ->
                api.snapshots()
                        .orElseThrow()
                        .rollbackSchema(table, body().get("schemaId").asLong());
        }
    }

    private void tags(Identifier table, List<String> rest) throws Exception {
        var tags = api.tags().orElseThrow();
        switch (exchange.method() + " " + rest.size()) {
            case "GET 1" -> {
                OptionalInt max =
                        OptionalInt.of(Integer.parseInt(exchange.query().get("maxResults")));
                var page = tags.list(
                        table,
                        new PageRequest(max, Optional.empty()),
                        Optional.of(exchange.query().get("tagNamePrefix")));
                assertThat(page.items())
                        .isEqualTo(Replay.list(exchange.responseBody().get("tags")));
            }
            case "POST 1" ->
                tags.create(
                        table,
                        text("tagName"),
                        number("snapshotId"),
                        Optional.ofNullable(body().get("timeRetained"))
                                .filter(node -> !node.isNull())
                                .map(JsonNode::asText));
            case "GET 2" -> {
                GetTagResponse tag = tags.get(table, rest.get(1));
                assertThat(Exchange.JSON.readTree(RESTApi.toJson(tag))).isEqualTo(exchange.responseBody());
            }
            default -> tags.delete(table, rest.get(1));
        }
    }

    private void branches(Identifier table, List<String> rest) {
        var branches = api.branches().orElseThrow();
        switch (exchange.method() + " " + rest.size()) {
            case "GET 1" ->
                assertThat(branches.list(table))
                        .isEqualTo(Replay.list(exchange.responseBody().get("branches")));
            case "POST 1" ->
                branches.create(
                        table,
                        text("branch"),
                        Optional.ofNullable(body().get("fromTag"))
                                .filter(node -> !node.isNull())
                                .map(JsonNode::asText));
            case "DELETE 2" -> branches.drop(table, rest.get(1));
            default -> {
                if (rest.get(2).equals("rename")) {
                    branches.rename(table, rest.get(1), text("toBranch"));
                } else {
                    branches.fastForward(table, rest.get(1));
                }
            }
        }
    }

    private void authorize(Identifier table) {
        Optional<List<String>> select =
                Optional.of(body().get("select")).filter(node -> !node.isNull()).map(Replay::list);
        assertThat(api.queryAuth().orElseThrow().authorize(table, select).filter())
                .isNull();
    }

    private void token(Identifier table) {
        DataToken token = api.dataTokens().orElseThrow().vend(table);
        assertThat(token.options())
                .isEqualTo(Replay.texts(exchange.responseBody().get("token")));
        assertThat(token.expiresAtMillis())
                .isEqualTo(exchange.responseBody().get("expiresAtMillis").asLong());
        assertThat(token.toString()).doesNotContain(token.options().get("akSecret"));
    }

    private OptionalLong number(String field) {
        JsonNode node = body().get(field);
        return node == null || node.isNull() ? OptionalLong.empty() : OptionalLong.of(node.asLong());
    }

    private String text(String field) {
        return body().get(field).asText();
    }

    private JsonNode body() {
        return exchange.requestBody();
    }
}
