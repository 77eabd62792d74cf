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

import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a {@link Dispatcher} over HTTP/1.1 or HTTPS. */
public final class JettyListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JettyListener.class);

    /** The largest body that is read: a commit of a table with thousands of partitions has a few MB. */
    static final int MAXIMUM_BODY = 64 << 20;

    private static final int MAXIMUM_HEADER = 64 << 10;
    private static final long STOP_MILLIS = 5_000;
    private static final long STOP_IDLE_MILLIS = 20;

    private final Server server;
    private final ServerConnector connector;
    private final String scheme;

    /** A key store with the server's certificate and key. */
    public record Tls(Path keyStore, String password) {
        @Override
        public String toString() {
            return "Tls[" + keyStore + "]";
        }
    }

    private JettyListener(Server server, ServerConnector connector, String scheme) {
        this.server = server;
        this.connector = connector;
        this.scheme = scheme;
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for any that is free
     */
    public static JettyListener start(
            String host, int port, Optional<Tls> tls, Dispatcher dispatcher, ErrorAnswers errors) {
        QueuedThreadPool threads = new QueuedThreadPool(64, 4);
        threads.setName("catalog-http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAXIMUM_HEADER);
        // Names may hold encoded slashes, percent signs and anything else.
        http.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector = connector(server, http, tls);
        connector.setHost(host);
        connector.setPort(port);
        // Stopping waits for calls that are under way, not for connections that clients keep for later.
        connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(new DispatchingHandler(dispatcher, errors));
        server.setErrorHandler(new ProtocolErrors(errors));
        server.setStopTimeout(STOP_MILLIS);
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IllegalStateException("Cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
        return new JettyListener(server, connector, tls.isPresent() ? "https" : "http");
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, Optional<Tls> tls) {
        if (tls.isEmpty()) {
            return new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        }
        // Which name the certificate is for is the clients' to check, and they may come by any address.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStorePath(tls.get().keyStore().toUri().toString());
        ssl.setKeyStorePassword(tls.get().password());
        return new ServerConnector(
                server, 1, 1, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
    }

    /** Where the server listens, such as {@code http://127.0.0.1:8080}. */
    public URI uri() {
        String host = connector.getHost();
        try {
            String shown = host == null || InetAddress.getByName(host).isAnyLocalAddress() ? "127.0.0.1" : host;
            return URI.create(scheme + "://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":"
                    + connector.getLocalPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops listening; calls that are under way get a moment to end. */
    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (TimeoutException e) {
            // Everything is stopped all the same; only a call or a kept connection had no time left to end by itself.
            LOG.debug("Ended before every connection was closed by its client", e);
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server did not stop", e);
        }
    }

    private static void send(Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put("Content-Length", String.valueOf(answer.body().length));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    /** Hands each request to the dispatcher. */
    private static final class DispatchingHandler extends Handler.Abstract {

        private final Dispatcher dispatcher;
        private final ErrorAnswers errors;

        DispatchingHandler(Dispatcher dispatcher, ErrorAnswers errors) {
            this.dispatcher = dispatcher;
            this.errors = errors;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            byte[] body;
            try (InputStream content = Content.Source.asInputStream(request)) {
                body = content.readNBytes(MAXIMUM_BODY + 1);
            }
            if (body.length > MAXIMUM_BODY) {
                send(errors.of(413, "The body is larger than " + MAXIMUM_BODY + " bytes."), response, callback);
                return true;
            }
            Map<String, String> headers = new HashMap<>();
            for (HttpField field : request.getHeaders()) {
                headers.putIfAbsent(field.getName(), field.getValue());
            }
            String query = request.getHttpURI().getQuery();
            Call call = new Call(
                    request.getMethod(), request.getHttpURI().getPath(), query == null ? "" : query, headers, body);
            send(dispatcher.dispatch(call), response, callback);
            return true;
        }
    }

    /** Requests that Jetty itself refuses, in the API's shape too. */
    private static final class ProtocolErrors extends ErrorHandler {

        private final ErrorAnswers errors;

        ProtocolErrors(ErrorAnswers errors) {
            this.errors = errors;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus() < 400 ? 500 : response.getStatus();
            Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
            send(errors.of(status, message == null ? "The request failed." : message.toString()), response, callback);
            return true;
        }
    }
}
