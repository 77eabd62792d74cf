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
import dev.trestle.server.catalog.Page;
import dev.trestle.server.catalog.Views;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.AlterViewRequest;
import org.apache.paimon.rest.requests.CreateViewRequest;
import org.apache.paimon.rest.requests.RenameTableRequest;
import org.apache.paimon.rest.responses.GetViewResponse;
import org.apache.paimon.rest.responses.ListViewDetailsResponse;
import org.apache.paimon.rest.responses.ListViewsGloballyResponse;
import org.apache.paimon.rest.responses.ListViewsResponse;
import org.apache.paimon.view.ViewSchema;

/** Views over HTTP. */
final class ViewHandlers {

    private final Views views;

    ViewHandlers(Views views) {
        this.views = views;
    }

    Answer list(RoutedCall call) {
        Page<String> page = views.list(
                call.variable("database"),
                PaimonPaging.filter(call, RESTApi.VIEW_NAME_PATTERN),
                PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListViewsResponse(page.items(), page.next().orElse(null)));
    }

    Answer listDetails(RoutedCall call) {
        Page<GetViewResponse> page = views.listDetails(
                        call.variable("database"),
                        PaimonPaging.filter(call, RESTApi.VIEW_NAME_PATTERN),
                        PaimonPaging.page(call))
                .map(ViewHandlers::response);
        return PaimonJson.answer(
                200, new ListViewDetailsResponse(page.items(), page.next().orElse(null)));
    }

    Answer listGlobally(RoutedCall call) {
        Page<Identifier> page = views.listGlobally(
                PaimonPaging.filter(call, RESTApi.DATABASE_NAME_PATTERN),
                PaimonPaging.filter(call, RESTApi.VIEW_NAME_PATTERN),
                PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListViewsGloballyResponse(page.items(), page.next().orElse(null)));
    }

    Answer get(RoutedCall call) {
        return PaimonJson.answer(200, response(views.get(identifier(call))));
    }

    Answer create(RoutedCall call) {
        CreateViewRequest request = PaimonJson.read(call.call().text(), CreateViewRequest.class);
        Identifier identifier = TableHandlers.inDatabase(call, request.getIdentifier());
        views.create(identifier, complete(request.getSchema()), call.user());
        return Answer.done();
    }

    Answer alter(RoutedCall call) {
        AlterViewRequest request = PaimonJson.read(call.call().text(), AlterViewRequest.class);
        if (request.viewChanges() == null) {
            throw CatalogException.invalid("The request has no changes.");
        }
        views.alter(identifier(call), request.viewChanges(), call.user());
        return Answer.done();
    }

    Answer rename(RoutedCall call) {
        RenameTableRequest request = PaimonJson.read(call.call().text(), RenameTableRequest.class);
        views.rename(
                TableHandlers.complete(request.getSource(), "source"),
                TableHandlers.complete(request.getDestination(), "destination"),
                call.user());
        return Answer.done();
    }

    Answer drop(RoutedCall call) {
        views.drop(identifier(call));
        return Answer.done();
    }

    private static Identifier identifier(RoutedCall call) {
        return new Identifier(call.variable("database"), call.variable("view"));
    }

    private static ViewSchema complete(ViewSchema schema) {
        if (schema == null || schema.fields() == null || schema.query() == null) {
            throw CatalogException.invalid("The request's view lacks a schema, its fields or its query.");
        }
        return new ViewSchema(
                schema.fields(),
                schema.query(),
                schema.dialects() == null ? Map.of() : schema.dialects(),
                schema.comment(),
                schema.options() == null ? Map.of() : schema.options());
    }

    private static GetViewResponse response(Defined<ViewSchema> view) {
        return new GetViewResponse(
                view.id(),
                view.name(),
                view.definition(),
                view.audit().owner(),
                view.audit().createdAt(),
                view.audit().createdBy(),
                view.audit().updatedAt(),
                view.audit().updatedBy());
    }
}
