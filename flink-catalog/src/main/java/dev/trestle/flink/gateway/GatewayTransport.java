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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.RequestToSign;
import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpMetrics;
import dev.trestle.catalog.http.HttpSettings;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.http.OkHttpTransport;
import dev.trestle.catalog.http.TransportException;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/** Sends calls to one gateway as JSON, and turns what comes back into an object or an exception. */
final class GatewayTransport implements AutoCloseable {

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static {
        // A page of results is bounded by its bytes; a single string may fill it.
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build());
    }

    private final HttpSettings settings;
    private final HttpTransport http;

    GatewayTransport(GatewaySettings settings) {
        this.settings = requireNonNull(settings, "settings is null").http();
        this.http = OkHttpTransport.open(this.settings, new NoCredentials(), HttpMetrics.NONE);
    }

    /** What a gateway's proxy asks for stands in the headers of the settings. */
    private static final class NoCredentials implements AuthProvider {
        @Override
        public Map<String, String> headers(RequestToSign request) {
            return Map.of();
        }

        @Override
        public boolean invalidate() {
            return false;
        }
    }

    URI uri() {
        return settings.baseUri();
    }

    /**
     * Sends a call and returns the JSON object of a successful answer.
     *
     * @throws GatewayException as the subclasses say
     */
    JsonNode send(GatewayCall call) {
        HttpAnswer answer;
        try {
            answer = http.send(new HttpCall(
                    call.operation(),
                    call.object(),
                    call.method(),
                    call.segments(),
                    call.query(),
                    call.body().map(GatewayTransport::bytes),
                    call.repeat()));
        } catch (TransportException e) {
            throw new GatewayUnreachableException(e.getMessage(), e.delivery() == Delivery.UNKNOWN, e);
        } catch (AuthenticationException e) {
            throw new GatewayException(e.getMessage(), e);
        }
        return read(call, answer);
    }

    private JsonNode read(GatewayCall call, HttpAnswer answer) {
        JsonNode json = parse(call, answer);
        if (answer.isSuccess() && json.isObject()) {
            return json;
        }
        throw ErrorTrace.in(json).map(error -> failure(call, error)).orElseGet(() -> unexpected(call, answer));
    }

    private JsonNode parse(GatewayCall call, HttpAnswer answer) {
        if (answer.body().length == 0) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw unexpected(call, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GatewayException failure(GatewayCall call, ErrorTrace error) {
        if (error.saysThatOperationIsGone()) {
            return new OperationGoneException(
                    "Cannot " + call.inWords() + ": the gateway does not know it any more; it was closed");
        }
        if (call.scope() instanceof GatewayCall.Scope.Statement statement) {
            return error.saysThatSessionIsGone(statement.sessionHandle())
                    ? sessionGone(call)
                    : failureOfStatement(call, error);
        }
        if (call.scope() instanceof GatewayCall.Scope.Session session
                && error.saysThatSessionIsGone(session.handle())) {
            return sessionGone(call);
        }
        return new GatewayException("The gateway refused to " + call.inWords() + ": " + error.message());
    }

    private static GatewayException failureOfStatement(GatewayCall call, ErrorTrace error) {
        if (error.saysThatItWasCancelled()) {
            return new StatementCancelledException("Cannot " + call.inWords() + ": it was cancelled");
        }
        if (error.saysThatTheFormatFails()) {
            return new RowFormatException("The gateway cannot write the rows " + call.object()
                    + " as JSON, which has no MAP whose keys are no strings, RAW, VARIANT nor BITMAP."
                    + " Ask for RowFormat.PLAIN_TEXT: it goes on at the same rows");
        }
        return error.saysThatAJobFailed() ? new JobFailedException(error) : new SqlErrorException(error);
    }

    private static SessionGoneException sessionGone(GatewayCall call) {
        return new SessionGoneException(
                "Cannot " + call.inWords()
                        + ": the gateway does not know the session; it ended by its idle time-out or with the gateway. Open another");
    }

    private UnexpectedAnswerException unexpected(GatewayCall call, HttpAnswer answer) {
        return new UnexpectedAnswerException("Cannot " + call.inWords() + ": the answer is not a SQL gateway's: status "
                + answer.status() + ", content type " + answer.contentType().orElse("absent") + ". Does option 'uri' ("
                + settings.baseUri() + ") name the gateway's REST endpoint?");
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
