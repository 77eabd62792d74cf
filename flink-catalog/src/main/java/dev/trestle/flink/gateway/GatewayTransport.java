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
import dev.trestle.flink.gateway.GatewayCall.Method;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends calls to one gateway as JSON over HTTP. Reads are repeated on connection errors; nothing else ever is. */
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

    private static final Logger LOG = LoggerFactory.getLogger(GatewayTransport.class);
    private static final MediaType MEDIA_TYPE = MediaType.get("application/json");
    private static final Duration READ_AGAIN_FOR = Duration.ofSeconds(10);

    private final HttpUrl baseUrl;
    private final Map<String, String> headers;
    private final long maxAnswerBytes;
    private final OkHttpClient http;
    private final PollClock clock;

    GatewayTransport(GatewaySettings settings, PollClock clock) {
        requireNonNull(settings, "settings is null");
        this.baseUrl = requireNonNull(HttpUrl.get(settings.uri()), "uri is not an HTTP URI");
        this.headers = settings.headers();
        this.maxAnswerBytes = settings.maxAnswerBytes();
        this.clock = requireNonNull(clock, "clock is null");
        this.http = new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout())
                .callTimeout(settings.callTimeout())
                .readTimeout(settings.callTimeout())
                .writeTimeout(settings.callTimeout())
                .followRedirects(false)
                .addNetworkInterceptor(chain -> {
                    requireNonNull(chain.request().tag(Departure.class), "request without its mark")
                            .left
                            .set(true);
                    return chain.proceed(chain.request());
                })
                .build();
    }

    /** Marks a request whose connection was made, so that it may have arrived. */
    private record Departure(AtomicBoolean left) {}

    URI uri() {
        return baseUrl.uri();
    }

    /**
     * Sends a call and returns the JSON object of a successful answer.
     *
     * @throws GatewayException as the subclasses say
     */
    JsonNode send(GatewayCall call) {
        PollSchedule schedule = new PollSchedule(clock, READ_AGAIN_FOR);
        while (true) {
            Departure departure = new Departure(new AtomicBoolean());
            try (Response response = http.newCall(request(call, departure)).execute()) {
                LOG.debug("{}: {}", call.operation(), response.code());
                return answer(call, response);
            } catch (IOException e) {
                LOG.debug("{}: no answer", call.operation(), e);
                if (call.method() != Method.GET || !schedule.pause()) {
                    throw new GatewayUnreachableException(
                            "No answer of the SQL gateway at " + baseUrl.redact() + " to: " + call.operation() + ": "
                                    + e.getMessage(),
                            departure.left.get(),
                            e);
                }
            }
        }
    }

    private Request request(GatewayCall call, Departure departure) {
        HttpUrl.Builder url = baseUrl.newBuilder();
        call.segments().forEach(url::addPathSegment);
        call.query().forEach(url::addQueryParameter);
        Request.Builder request = new Request.Builder().url(url.build()).tag(Departure.class, departure);
        headers.forEach(request::header);
        request.header("Accept", "application/json");
        return request.method(
                        call.method().name(),
                        call.body().<RequestBody>map(SentOnce::new).orElse(null))
                .build();
    }

    private JsonNode answer(GatewayCall call, Response response) throws IOException {
        JsonNode json = parse(call, response);
        if (response.isSuccessful() && json.isObject()) {
            return json;
        }
        throw ErrorTrace.in(json).map(error -> failure(call, error)).orElseGet(() -> unexpected(call, response));
    }

    private JsonNode parse(GatewayCall call, Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(maxAnswerBytes + 1)) {
            throw new UnexpectedAnswerException("The answer to: " + call.operation() + " is longer than "
                    + maxAnswerBytes + " bytes; fetch fewer or smaller rows");
        }
        byte[] bytes = source.readByteArray();
        if (bytes.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw unexpected(call, response);
        }
    }

    private static GatewayException failure(GatewayCall call, ErrorTrace error) {
        if (error.saysThatOperationIsGone()) {
            return new OperationGoneException(
                    "Cannot " + call.operation() + ": the gateway does not know the operation");
        }
        if (call.scope() instanceof GatewayCall.Scope.Statement statement) {
            return error.saysThatSessionIsGone(statement.sessionHandle())
                    ? sessionGone(call)
                    : new StatementFailedException(error);
        }
        if (call.scope() instanceof GatewayCall.Scope.Session session
                && error.saysThatSessionIsGone(session.handle())) {
            return sessionGone(call);
        }
        return new GatewayException("The gateway refused to " + call.operation() + ": " + error.message());
    }

    private static SessionGoneException sessionGone(GatewayCall call) {
        return new SessionGoneException(
                "Cannot " + call.operation()
                        + ": the gateway does not know the session; it ended by its idle time-out or with the gateway. Open another");
    }

    private UnexpectedAnswerException unexpected(GatewayCall call, Response response) {
        return new UnexpectedAnswerException("The answer to: " + call.operation() + " is not a SQL gateway's: status "
                + response.code() + ", content type " + response.header("Content-Type", "absent") + ". Does "
                + baseUrl.redact() + " name the gateway's REST endpoint?");
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** A body that OkHttp does not send a second time on its own: a statement must not run twice. */
    private static final class SentOnce extends RequestBody {
        private final byte[] bytes;

        SentOnce(JsonNode json) {
            try {
                bytes = JSON.writeValueAsBytes(json);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("Not to be written as JSON", e);
            }
        }

        @Override
        public MediaType contentType() {
            return MEDIA_TYPE;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
