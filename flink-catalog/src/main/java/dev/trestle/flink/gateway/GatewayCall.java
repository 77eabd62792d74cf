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
package dev.trestle.flink.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the gateway.
 *
 * @param operation what it does, for messages, such as {@code open a session}
 * @param segments the path below the base URI, unencoded
 * @param scope what an error of the gateway is about
 */
record GatewayCall(
        String operation,
        Method method,
        List<String> segments,
        Map<String, String> query,
        Optional<JsonNode> body,
        Scope scope) {

    enum Method {
        GET,
        POST,
        DELETE
    }

    /** What an error in the answer can be about. */
    sealed interface Scope {

        Scope GATEWAY = new Gateway();

        /** The gateway as a whole. */
        record Gateway() implements Scope {}

        /** A session, or something in it. */
        record Session(String handle) implements Scope {}

        /** A statement of a session: its validity, its execution, its job. */
        record Statement(String sessionHandle) implements Scope {}
    }

    GatewayCall {
        requireNonNull(operation, "operation is null");
        requireNonNull(method, "method is null");
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
        requireNonNull(body, "body is null");
        requireNonNull(scope, "scope is null");
    }
}
