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
package dev.trestle.catalog.http;

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.RequestToSign;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Writes and signs requests. What is signed is taken from the URL that OkHttp will send, never computed beside it. */
final class RequestWriter {

    static final String QUERY_ID = "x-trestle-query-id";

    private static final String JSON = "application/json";

    private final HttpUrl base;
    private final HttpSettings settings;
    private final AuthProvider authProvider;
    private final UserHeaders headers;
    private final QueryIds queryIds;

    RequestWriter(HttpSettings settings, AuthProvider authProvider, QueryIds queryIds) {
        this.base = settings.baseUrl();
        this.settings = settings;
        this.authProvider = authProvider;
        this.headers = new UserHeaders(settings.headers());
        this.queryIds = queryIds;
    }

    /**
     * The URL of a call.
     *
     * @throws IllegalArgumentException if a segment is a name that no URL can carry; the message names the call's object
     */
    HttpUrl url(HttpCall call) {
        HttpUrl.Builder url = base.newBuilder();
        try {
            for (String segment : call.segments()) {
                url.addEncodedPathSegment(PercentEncoding.encode(requireSegment(segment)));
            }
            call.query()
                    .forEach((name, value) -> url.addEncodedQueryParameter(
                            PercentEncoding.encodeForm(name), PercentEncoding.encodeForm(value)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot " + call.inWords() + ": " + e.getMessage(), e);
        }
        return url.build();
    }

    /**
     * One attempt, with the headers that authenticate it now. May load a token.
     *
     * @throws AuthenticationException if no credential can be had
     */
    Request signedRequest(HttpCall call, HttpUrl url, String requestId, AttemptTrace trace) {
        Request.Builder request = new Request.Builder()
                .url(url)
                .tag(AttemptTrace.class, trace)
                .tag(BodiedGets.Body.class, bodyOfGet(call))
                .method(call.method().name(), body(call))
                .header("Host", host(url))
                .header("Accept", JSON)
                .header("User-Agent", settings.userAgent());
        headers.now().forEach(request::header);
        request.header(settings.requestIdHeader(), requestId);
        queryIds.current().ifPresent(id -> request.header(QUERY_ID, id));
        OkHttpTokenEndpoints.proxyAuthorization(settings, url)
                .ifPresent(value -> request.header("Proxy-Authorization", value));
        Optional<String> contentType = call.body().map(bytes -> JSON);
        contentType.ifPresent(type -> request.header("Content-Type", type));

        Map<String, String> credentials = authProvider.headers(new RequestToSign(
                call.method().name(),
                host(url),
                url.encodedPath(),
                Optional.ofNullable(url.encodedQuery()),
                contentType,
                call.body()));
        credentials.forEach((name, value) -> {
            if (!HeaderRules.isName(name) || !HeaderRules.isValue(value)) {
                throw new AuthenticationException("The credential for the header '" + name
                        + "' has a character that HTTP does not allow, such as a line break: check the token's source");
            }
            request.header(name, value);
        });
        return request.build();
    }

    /** As OkHttp and every client write it: the port only where it is not the scheme's own. */
    static String host(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }

    /**
     * An empty segment or one of dots would reach another resource: clients, proxies and servers remove it from the path,
     * however it is encoded (RFC 3986, sections 5.2.4 and 6.2.2).
     */
    private static String requireSegment(String segment) {
        if (segment.isEmpty()) {
            throw new IllegalArgumentException("a name is empty");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("the name '" + segment + "' cannot be part of a URL");
        }
        return segment;
    }

    /** Beside the request, for OkHttp would refuse it inside; null where there is none. */
    private static BodiedGets.Body bodyOfGet(HttpCall call) {
        return call.method() == HttpCall.Method.GET
                ? call.body().map(BodiedGets.Body::new).orElse(null)
                : null;
    }

    private static RequestBody body(HttpCall call) {
        if (call.body().isPresent() && call.method() != HttpCall.Method.GET) {
            return new JsonBytes(call.body().get());
        }
        return switch (call.method()) {
            case GET, DELETE -> null;
            case POST, PUT, PATCH -> new JsonBytes(new byte[0]);
        };
    }

    /** Without a media type, for OkHttp would write its own over the header that was signed. Written once. */
    private static final class JsonBytes extends RequestBody {
        private final byte[] bytes;

        JsonBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return null;
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
