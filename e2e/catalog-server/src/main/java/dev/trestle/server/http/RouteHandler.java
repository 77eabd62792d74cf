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

import java.util.Map;
import java.util.Optional;

/** Answers the calls of one operation. */
@FunctionalInterface
public interface RouteHandler {

    /** Answers a call; what is thrown becomes an error answer. */
    Answer handle(RoutedCall call);

    /**
     * A call that found its operation.
     *
     * @param variables the path's variables, decoded
     * @param user who sent it
     */
    record RoutedCall(Call call, Map<String, String> variables, String user) {

        /** A variable of the path. */
        public String variable(String name) {
            return variables.get(name);
        }

        /** A parameter of the query; an empty one counts as absent. */
        public Optional<String> parameter(String name) {
            return Optional.ofNullable(call.parameters().get(name)).filter(value -> !value.isEmpty());
        }
    }
}
