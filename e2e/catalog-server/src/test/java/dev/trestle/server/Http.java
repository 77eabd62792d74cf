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
package dev.trestle.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.responses.ErrorResponse;

/** Requests word for word. */
final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static HttpResponse<String> send(URI server, String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        return send(server, "GET", path, "", Map.of());
    }

    static HttpResponse<String> post(URI server, String path, String body) throws IOException, InterruptedException {
        return send(server, "POST", path, body, Map.of());
    }

    /** The error body of an answer, which has to be one. */
    static ErrorResponse error(HttpResponse<String> response) throws Exception {
        ErrorResponse error = RESTApi.fromJson(response.body(), ErrorResponse.class);
        if (error.getCode() == null || error.getCode() != response.statusCode() || error.getMessage() == null) {
            throw new AssertionError("Not an error body for " + response.statusCode() + ": " + response.body());
        }
        return error;
    }
}
