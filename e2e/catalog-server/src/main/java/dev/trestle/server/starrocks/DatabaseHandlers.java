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
package dev.trestle.server.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.Databases;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import dev.trestle.server.store.DatabaseRow;
import dev.trestle.server.store.NameFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Databases over HTTP. */
final class DatabaseHandlers {

    private final Databases databases;
    private final Uris uris;

    DatabaseHandlers(Databases databases, Uris uris) {
        this.databases = databases;
        this.uris = uris;
    }

    Answer list(RoutedCall call) {
        return Listing.page(
                call, Listing.all(page -> databases.list(new NameFilter.Any(), page)), name -> StarRocksJson.object()
                        .put("name", name));
    }

    Answer get(RoutedCall call) {
        return StarRocksJson.answer(200, json(databases.get(call.variable("database"))));
    }

    Answer create(RoutedCall call) {
        JsonNode body = StarRocksJson.body(call);
        String name = StarRocksJson.required(body, "name");
        databases.create(name, StarRocksJson.values(body.path("properties")), call.user());
        return StarRocksJson.answer(201, uris.database(name));
    }

    Answer createIfAbsent(RoutedCall call) {
        return Existing.orElse(
                () -> create(call), uris.database(StarRocksJson.required(StarRocksJson.body(call), "name")));
    }

    Answer alter(RoutedCall call) {
        Set<String> removals = new HashSet<>();
        Map<String, String> updates = new HashMap<>();
        StarRocksJson.map(StarRocksJson.body(call).path("properties")).forEach((key, value) -> {
            value.ifPresentOrElse(text -> updates.put(key, text), () -> removals.add(key));
        });
        databases.alter(call.variable("database"), removals, updates, call.user());
        return get(call);
    }

    /** As DROP IF EXISTS; with all that is in it where {@code force} says so. */
    Answer drop(RoutedCall call) {
        String name = call.variable("database");
        try {
            if (call.parameter("force").filter("true"::equals).isPresent()) {
                databases.drop(name);
            } else {
                databases.dropEmpty(name);
            }
        } catch (CatalogException e) {
            if (e.kind() != CatalogException.Kind.NOT_FOUND) {
                throw e;
            }
        }
        return StarRocksJson.answer(200, StarRocksJson.object());
    }

    private static ObjectNode json(DatabaseRow database) {
        ObjectNode json = StarRocksJson.object().put("id", database.id()).put("name", database.name());
        json.put("location", database.location());
        ObjectNode properties = json.putObject("properties");
        database.options().forEach(properties::put);
        TableJson.audit(json, database.audit());
        return json;
    }
}
