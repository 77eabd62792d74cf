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
package dev.trestle.e2e.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Passes requests on, and loses the answer to the first of each path that a test names, after the gateway has given it. */
final class LosingProxy implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final URI target;
    private final Predicate<String> loses;
    private final HttpServer server;

    LosingProxy(URI target, Predicate<String> loses) throws IOException {
        this.target = target;
        this.loses = loses;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int lostAnswers() {
        return lost.size();
    }

    private void pass(HttpExchange exchange) throws IOException {
        HttpResponse<byte[]> answer = ask(exchange);
        String path = exchange.getRequestURI().getPath();
        boolean isReady = !new String(answer.body(), StandardCharsets.UTF_8).contains("NOT_READY");
        if (loses.test(path) && isReady && lost.add(path)) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders()
                .set("Content-Type", answer.headers().firstValue("Content-Type").orElse("application/json"));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(
                                    target.resolve(exchange.getRequestURI().toString()))
                            .method(
                                    exchange.getRequestMethod(),
                                    BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
