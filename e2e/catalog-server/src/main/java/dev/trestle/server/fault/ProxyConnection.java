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
package dev.trestle.server.fault;

import dev.trestle.server.fault.Fault.Manner;
import dev.trestle.server.fault.Fault.Moment;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One client's connection: its requests one after another, each over a connection of its own to the server. */
final class ProxyConnection {

    private static final int CONNECT_MILLIS = 10_000;

    private final FaultProxy proxy;
    private final Socket client;
    private final InetSocketAddress target;

    ProxyConnection(FaultProxy proxy, Socket client, InetSocketAddress target) {
        this.proxy = proxy;
        this.client = client;
        this.target = target;
    }

    void run() throws IOException {
        client.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(client.getInputStream());
        boolean open = true;
        while (open) {
            Optional<HttpMessage> head = HttpMessage.readHead(in);
            if (head.isEmpty()) {
                return;
            }
            if (head.get().headers().getOrDefault("Expect", "").equalsIgnoreCase("100-continue")) {
                client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            HttpMessage request = head.get().withRequestBody(in);
            if (proxy.isDown()) {
                return;
            }
            ProxiedRequest described = describe(request);
            Optional<Fault> fault = proxy.arrived(described);
            open = (fault.isPresent() ? harm(fault.get(), described, request) : pass(described, request))
                    && !request.endsConnection();
        }
    }

    private static ProxiedRequest describe(HttpMessage request) {
        String[] line = request.startLine();
        int question = line[1].indexOf('?');
        return new ProxiedRequest(
                line[0],
                question < 0 ? line[1] : line[1].substring(0, question),
                question < 0 ? "" : line[1].substring(question + 1),
                request.headers(),
                request.body());
    }

    private boolean pass(ProxiedRequest described, HttpMessage request) throws IOException {
        return send(forward(described, request));
    }

    /** Whether the connection goes on. */
    private boolean harm(Fault fault, ProxiedRequest described, HttpMessage request) throws IOException {
        if (fault instanceof Fault.Cut cut) {
            if (cut.moment() == Moment.AFTER) {
                forward(described, request);
            }
            end(cut.manner());
            return false;
        }
        if (fault instanceof Fault.Answer answer) {
            if (answer.moment() == Moment.AFTER) {
                forward(described, request);
            }
            return send(message(answer));
        }
        if (fault instanceof Fault.Meanwhile meanwhile) {
            meanwhile.other().run();
            return pass(described, request);
        }
        if (fault instanceof Fault.Delay delay) {
            if (delay.moment() == Moment.BEFORE) {
                await(delay.duration());
                return pass(described, request);
            }
            HttpMessage answer = forward(described, request);
            await(delay.duration());
            return send(answer);
        }
        HttpMessage answer = forward(described, request);
        OutputStream out = client.getOutputStream();
        out.write(answer.head());
        out.write(answer.body(), 0, Math.min(((Fault.Truncate) fault).bodyBytes(), answer.body().length));
        out.flush();
        return false;
    }

    private HttpMessage forward(ProxiedRequest described, HttpMessage request) throws IOException {
        try (Socket server = new Socket()) {
            server.connect(target, CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            OutputStream out = server.getOutputStream();
            out.write(request.head());
            out.write(request.body());
            out.flush();
            InputStream in = new BufferedInputStream(server.getInputStream());
            while (true) {
                HttpMessage head = HttpMessage.readHead(in)
                        .orElseThrow(() -> new IOException("The server closed the connection without an answer"));
                if (head.status() >= 200) {
                    return head.withAnswerBody(in, described.method());
                }
            }
        }
    }

    private boolean send(HttpMessage answer) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(answer.head());
        out.write(answer.body());
        out.flush();
        boolean framed = answer.headers().containsKey("Content-Length")
                || answer.headers().containsKey("Transfer-Encoding")
                || answer.status() == 204
                || answer.status() == 304;
        return framed && !answer.endsConnection();
    }

    private static HttpMessage message(Fault.Answer answer) {
        byte[] body = answer.bodyBytes();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Injected\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (!answer.headers().containsKey("Content-Type")) {
            head.append("Content-Type: application/json\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        return new HttpMessage(head.toString().getBytes(StandardCharsets.UTF_8), body);
    }

    private void end(Manner manner) throws IOException {
        switch (manner) {
            case CLOSE -> client.close();
            case RESET -> {
                client.setSoLinger(true, 0);
                client.close();
            }
            // The listener goes first: a client that connects again at once finds nobody.
            case GO_DOWN -> proxy.goDown();
        }
    }

    private void await(Duration duration) throws IOException {
        try {
            if (proxy.closed().await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("The proxy was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
