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
package dev.trestle.server.paimon;

import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.Databases;
import dev.trestle.server.catalog.Page;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import dev.trestle.server.store.Audit;
import dev.trestle.server.store.DatabaseRow;
import java.util.List;
import java.util.Map;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.AlterDatabaseRequest;
import org.apache.paimon.rest.requests.CreateDatabaseRequest;
import org.apache.paimon.rest.responses.AlterDatabaseResponse;
import org.apache.paimon.rest.responses.GetDatabaseResponse;
import org.apache.paimon.rest.responses.ListDatabasesResponse;

/** Databases over HTTP. */
final class DatabaseHandlers {

    private final Databases databases;

    DatabaseHandlers(Databases databases) {
        this.databases = databases;
    }

    Answer list(RoutedCall call) {
        Page<String> page =
                databases.list(PaimonPaging.filter(call, RESTApi.DATABASE_NAME_PATTERN), PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListDatabasesResponse(page.items(), page.next().orElse(null)));
    }

    Answer create(RoutedCall call) {
        CreateDatabaseRequest request = PaimonJson.read(call.call().text(), CreateDatabaseRequest.class);
        databases.create(request.getName(), withoutNulls(request.getOptions()), call.user());
        return Answer.done();
    }

    Answer get(RoutedCall call) {
        DatabaseRow database = databases.get(call.variable("database"));
        Audit audit = database.audit();
        return PaimonJson.answer(
                200,
                new GetDatabaseResponse(
                        database.id(),
                        database.name(),
                        database.location(),
                        database.options(),
                        audit.owner(),
                        audit.createdAt(),
                        audit.createdBy(),
                        audit.updatedAt(),
                        audit.updatedBy()));
    }

    Answer alter(RoutedCall call) {
        AlterDatabaseRequest request = PaimonJson.read(call.call().text(), AlterDatabaseRequest.class);
        Databases.Altered altered = databases.alter(
                call.variable("database"),
                request.getRemovals() == null ? List.of() : request.getRemovals(),
                withoutNulls(request.getUpdates()),
                call.user());
        return PaimonJson.answer(
                200, new AlterDatabaseResponse(altered.removed(), altered.updated(), altered.missing()));
    }

    Answer drop(RoutedCall call) {
        databases.drop(call.variable("database"));
        return Answer.done();
    }

    private static Map<String, String> withoutNulls(Map<String, String> options) {
        if (options == null) {
            return Map.of();
        }
        options.forEach((key, value) -> {
            if (key == null || value == null) {
                throw CatalogException.invalid("Option '" + key + "' has no value.");
            }
        });
        return options;
    }
}
