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
import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.catalog.Databases;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.List;
import java.util.Locale;
import org.apache.paimon.rest.responses.ListFunctionDetailsResponse;
import org.apache.paimon.rest.responses.ListFunctionsGloballyResponse;
import org.apache.paimon.rest.responses.ListFunctionsResponse;
import org.apache.paimon.rest.responses.ListViewDetailsResponse;
import org.apache.paimon.rest.responses.ListViewsGloballyResponse;
import org.apache.paimon.rest.responses.ListViewsResponse;

/**
 * The views and functions of a server that keeps none: none is listed, and none is found. Engines ask for them in each
 * query, to resolve names.
 */
final class NoViewsOrFunctions {

    private final Databases databases;

    NoViewsOrFunctions(Databases databases) {
        this.databases = databases;
    }

    Answer listViews(RoutedCall call) {
        requireDatabase(call);
        return PaimonJson.answer(200, new ListViewsResponse(List.of(), null));
    }

    Answer listViewDetails(RoutedCall call) {
        requireDatabase(call);
        return PaimonJson.answer(200, new ListViewDetailsResponse(List.of(), null));
    }

    Answer listViewsGlobally(RoutedCall call) {
        return PaimonJson.answer(200, new ListViewsGloballyResponse(List.of(), null));
    }

    Answer listFunctions(RoutedCall call) {
        requireDatabase(call);
        return PaimonJson.answer(200, new ListFunctionsResponse(List.of(), null));
    }

    Answer listFunctionDetails(RoutedCall call) {
        requireDatabase(call);
        return PaimonJson.answer(200, new ListFunctionDetailsResponse(List.of(), null));
    }

    Answer listFunctionsGlobally(RoutedCall call) {
        return PaimonJson.answer(200, new ListFunctionsGloballyResponse(List.of(), null));
    }

    Answer notFound(RoutedCall call, Resource resource) {
        requireDatabase(call);
        String kind = resource.name().toLowerCase(Locale.ROOT);
        String name = call.variable(kind);
        throw CatalogException.notFound(
                resource,
                name,
                kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + call.variable("database")
                        + "." + name + " does not exist.");
    }

    private void requireDatabase(RoutedCall call) {
        databases.get(call.variable("database"));
    }
}
