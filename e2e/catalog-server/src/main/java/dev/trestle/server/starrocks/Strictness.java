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

import dev.trestle.server.http.Call;
import dev.trestle.server.http.HttpException;
import dev.trestle.server.http.RouteHandler;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The standard's rules for requests of any kind: JSON in both directions, and parameters in one place. */
final class Strictness {

    private static final String JSON = "application/json";
    private static final Set<String> ACCEPTED = Set.of(JSON, "application/*", "*/*");
    private static final int MOST_PARAMETERS = 2;

    private Strictness() {}

    /** A handler that is reached by requests alone that keep the rules, with parameters that it knows. */
    static RouteHandler strict(Set<String> parameters, RouteHandler handler) {
        return call -> {
            check(call.call(), parameters);
            return handler.handle(call);
        };
    }

    private static void check(Call call, Set<String> parameters) {
        if (call.header("Accept")
                        .map(Strictness::types)
                        .filter(Strictness::isAnswerable)
                        .isEmpty()
                && call.header("Accept").isPresent()) {
            throw new HttpException(406, "This server answers " + JSON + " only.");
        }
        boolean hasBody = call.body().length > 0;
        if (hasBody
                && !call.header("Content-Type")
                        .map(Strictness::types)
                        .orElse(List.of())
                        .contains(JSON)) {
            throw new HttpException(415, "The body is to be of the type " + JSON + ".");
        }
        List<String> given = Arrays.stream(call.query().split("&"))
                .filter(pair -> !pair.isEmpty())
                .toList();
        if (hasBody && !given.isEmpty()) {
            throw new HttpException(400, "Parameters are in the query or in the body, and not in both.");
        }
        if (given.size() > MOST_PARAMETERS) {
            throw new HttpException(400, "At most two parameters are in the query; more go into a body.");
        }
        call.parameters().keySet().stream()
                .filter(name -> !parameters.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new HttpException(400, "There is no parameter '" + unknown + "' here.");
                });
    }

    private static boolean isAnswerable(List<String> types) {
        return types.stream().anyMatch(ACCEPTED::contains);
    }

    /** Media types without their parameters. */
    private static List<String> types(String header) {
        return Arrays.stream(header.split(","))
                .map(type -> type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                .toList();
    }
}
