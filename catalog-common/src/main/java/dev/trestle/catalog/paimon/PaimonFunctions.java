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

import static dev.trestle.catalog.paimon.PaimonTables.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.FunctionApi;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.rest.requests.CreateFunctionRequest;
import org.apache.paimon.rest.responses.GetFunctionResponse;

/** {@code /functions} of the Paimon REST API. */
record PaimonFunctions(PaimonClient client) implements FunctionApi {

    private record AlterRequest(List<FunctionChange> changes) {}

    private record ListAnswer(List<String> functions, String nextPageToken) {}

    private record ListAllAnswer(List<Identifier> functions, String nextPageToken) {}

    private record DetailsAnswer(List<JsonNode> functionDetails, String nextPageToken) {}

    @Override
    public Page<String> list(String database, PageRequest page, Optional<String> namePattern) {
        ListAnswer answer = client.get(
                new Task("listFunctions", "of database '" + database + "'"),
                List.of("databases", database, "functions"),
                listQuery(page, namePattern),
                ListAnswer.class);
        return Listings.page(answer.functions, answer.nextPageToken);
    }

    @Override
    public Page<Function> details(String database, PageRequest page, Optional<String> namePattern) {
        DetailsAnswer answer = client.get(
                new Task("listFunctionDetails", "of database '" + database + "'"),
                List.of("databases", database, "function-details"),
                listQuery(page, namePattern),
                DetailsAnswer.class);
        return Listings.readablePage(
                "function",
                "name",
                answer.functionDetails,
                answer.nextPageToken,
                GetFunctionResponse.class,
                function -> function.toFunction(Identifier.create(database, function.name())));
    }

    @Override
    public Page<Identifier> listAll(
            PageRequest page, Optional<String> databasePattern, Optional<String> functionPattern) {
        Map<String, String> query = listQuery(page, functionPattern);
        databasePattern.ifPresent(pattern -> query.put("databaseNamePattern", pattern));
        ListAllAnswer answer = client.get(
                new Task("listFunctions", "of all databases"), List.of("functions"), query, ListAllAnswer.class);
        return Listings.page(answer.functions, answer.nextPageToken);
    }

    @Override
    public Function get(Identifier identifier) {
        return client.get(task("getFunction", identifier), path(identifier), Map.of(), GetFunctionResponse.class)
                .toFunction(identifier);
    }

    @Override
    public void create(Identifier identifier, Function function) {
        client.post(
                task("createFunction", identifier),
                List.of("databases", identifier.getDatabaseName(), "functions"),
                new CreateFunctionRequest(function),
                Repeat.CHANGE);
    }

    @Override
    public void alter(Identifier identifier, List<FunctionChange> changes) {
        client.post(task("alterFunction", identifier), path(identifier), new AlterRequest(changes), Repeat.CHANGE);
    }

    @Override
    public void drop(Identifier identifier) {
        client.delete(task("dropFunction", identifier), path(identifier));
    }

    private static List<String> path(Identifier identifier) {
        return List.of("databases", identifier.getDatabaseName(), "functions", identifier.getObjectName());
    }

    private static Map<String, String> listQuery(PageRequest page, Optional<String> namePattern) {
        return Listings.query(page, "functionNamePattern", namePattern);
    }
}
