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
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the gateway.
 *
 * @param operation what it does, as {@link HttpCall} has it, such as {@code openSession}
 * @param object what it is about, as it follows the operation in a sentence
 * @param segments the path below the base URI, unencoded
 * @param scope what an error of the gateway is about
 */
record GatewayCall(
        String operation,
        String object,
        Method method,
        List<String> segments,
        Map<String, String> query,
        Optional<JsonNode> body,
        Repeat repeat,
        Scope scope) {

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
        requireNonNull(object, "object is null");
        requireNonNull(method, "method is null");
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
        requireNonNull(body, "body is null");
        requireNonNull(repeat, "repeat is null");
        requireNonNull(scope, "scope is null");
    }

    /** Asks; sent again while no answer comes. */
    static GatewayCall get(String operation, String object, Scope scope, String... segments) {
        return new GatewayCall(
                operation, object, Method.GET, List.of(segments), Map.of(), Optional.empty(), Repeat.READ, scope);
    }

    /** Changes something; sent again only while it cannot have arrived. */
    static GatewayCall post(String operation, String object, Scope scope, JsonNode body, String... segments) {
        return new GatewayCall(
                operation, object, Method.POST, List.of(segments), Map.of(), Optional.of(body), Repeat.CHANGE, scope);
    }

    /** Closes something, which is as good twice as once. */
    static GatewayCall delete(String operation, String object, Scope scope, String... segments) {
        return new GatewayCall(
                operation,
                object,
                Method.DELETE,
                List.of(segments),
                Map.of(),
                Optional.empty(),
                Repeat.IDEMPOTENT_CHANGE,
                scope);
    }

    GatewayCall withQuery(Map<String, String> parameters) {
        return new GatewayCall(operation, object, method, segments, parameters, body, repeat, scope);
    }

    GatewayCall withBody(JsonNode json) {
        return new GatewayCall(operation, object, method, segments, query, Optional.of(json), repeat, scope);
    }

    /** The same below a path. */
    GatewayCall under(String... prefix) {
        List<String> path = new ArrayList<>(List.of(prefix));
        path.addAll(segments);
        return new GatewayCall(operation, object, method, path, query, body, repeat, scope);
    }

    String inWords() {
        return HttpCall.inWords(operation, object);
    }
}
