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
package dev.trestle.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the operation of a call. */
final class Router {

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** A route and the values of its variables. */
    record Match(Route route, Map<String, String> variables) {}

    /**
     * The route of a call.
     *
     * @throws HttpException 404 if no route has that path, 405 if one has, for another method
     */
    Match route(Call call) {
        List<String> segments = call.segments();
        List<String> otherMethods = new ArrayList<>();
        for (Route route : routes) {
            var variables = route.match(segments);
            if (variables.isPresent()) {
                if (route.method().equals(call.method())) {
                    return new Match(route, variables.get());
                }
                otherMethods.add(route.method());
            }
        }
        if (otherMethods.isEmpty()) {
            throw new HttpException(404, "This server has no " + call.path() + ".");
        }
        throw new HttpException(
                405, call.method() + " is not allowed here, but " + String.join(", ", otherMethods) + ".");
    }
}
