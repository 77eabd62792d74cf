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
import dev.trestle.server.catalog.Defined;
import dev.trestle.server.catalog.Functions;
import dev.trestle.server.catalog.Page;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.AlterFunctionRequest;
import org.apache.paimon.rest.requests.CreateFunctionRequest;
import org.apache.paimon.rest.responses.GetFunctionResponse;
import org.apache.paimon.rest.responses.ListFunctionDetailsResponse;
import org.apache.paimon.rest.responses.ListFunctionsGloballyResponse;
import org.apache.paimon.rest.responses.ListFunctionsResponse;

/** Functions over HTTP. */
final class FunctionHandlers {

    private final Functions functions;

    FunctionHandlers(Functions functions) {
        this.functions = functions;
    }

    Answer list(RoutedCall call) {
        Page<String> page = functions.list(
                call.variable("database"),
                PaimonPaging.filter(call, RESTApi.FUNCTION_NAME_PATTERN),
                PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListFunctionsResponse(page.items(), page.next().orElse(null)));
    }

    Answer listDetails(RoutedCall call) {
        Page<GetFunctionResponse> page = functions
                .listDetails(
                        call.variable("database"),
                        PaimonPaging.filter(call, RESTApi.FUNCTION_NAME_PATTERN),
                        PaimonPaging.page(call))
                .map(FunctionHandlers::response);
        return PaimonJson.answer(
                200, new ListFunctionDetailsResponse(page.items(), page.next().orElse(null)));
    }

    Answer listGlobally(RoutedCall call) {
        Page<Identifier> page = functions.listGlobally(
                PaimonPaging.filter(call, RESTApi.DATABASE_NAME_PATTERN),
                PaimonPaging.filter(call, RESTApi.FUNCTION_NAME_PATTERN),
                PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListFunctionsGloballyResponse(page.items(), page.next().orElse(null)));
    }

    Answer get(RoutedCall call) {
        return PaimonJson.answer(200, response(functions.get(identifier(call))));
    }

    Answer create(RoutedCall call) {
        CreateFunctionRequest request = PaimonJson.read(call.call().text(), CreateFunctionRequest.class);
        functions.create(call.variable("database"), complete(request), call.user());
        return Answer.done();
    }

    Answer alter(RoutedCall call) {
        AlterFunctionRequest request = PaimonJson.read(call.call().text(), AlterFunctionRequest.class);
        if (request.changes() == null) {
            throw CatalogException.invalid("The request has no changes.");
        }
        functions.alter(identifier(call), request.changes(), call.user());
        return Answer.done();
    }

    Answer drop(RoutedCall call) {
        functions.drop(identifier(call));
        return Answer.done();
    }

    private static Identifier identifier(RoutedCall call) {
        return new Identifier(call.variable("database"), call.variable("function"));
    }

    private static CreateFunctionRequest complete(CreateFunctionRequest request) {
        return new CreateFunctionRequest(
                request.name(),
                request.inputParams(),
                request.returnParams(),
                request.isDeterministic(),
                request.definitions() == null ? Map.of() : request.definitions(),
                request.comment(),
                request.options() == null ? Map.of() : request.options());
    }

    private static GetFunctionResponse response(Defined<CreateFunctionRequest> function) {
        CreateFunctionRequest definition = function.definition();
        return new GetFunctionResponse(
                function.id(),
                function.name(),
                definition.inputParams(),
                definition.returnParams(),
                definition.isDeterministic(),
                definition.definitions(),
                definition.comment(),
                definition.options(),
                function.audit().owner(),
                function.audit().createdAt(),
                function.audit().createdBy(),
                function.audit().updatedAt(),
                function.audit().updatedBy());
    }
}
