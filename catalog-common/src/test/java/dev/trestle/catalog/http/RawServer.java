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

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of bytes: it keeps each request as it came off the wire, and does to the connection what a test says. */
final class RawServer implements Closeable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    /** Answers one request. Closing the socket ends the connection; else it is kept for the next request. */
    @FunctionalInterface
    interface Answer {
        void write(Socket socket, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final List<Answer> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** @param answers to the requests in the order in which they arrive; the last one again for those beyond */
    RawServer(Answer... answers) throws IOException {
        this.server = new ServerSocket();
        this.server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        this.answers = List.of(answers);
        start("raw-server", this::accept);
    }

    static Answer text(String answer) {
        return (socket, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Answer ok() {
        return text(OK);
    }

    /** Ends the connection without a word. */
    static Answer cut() {
        return (socket, out) -> socket.close();
    }

    /** Ends the connection after a part of an answer. */
    static Answer cutAfter(String part) {
        return (socket, out) -> {
            out.write(part.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.close();
        };
    }

    /** Ends the connection with a reset. */
    static Answer reset() {
        return (socket, out) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        };
    }

    /** Never answers. */
    static Answer silence() {
        return (socket, out) -> socket.getInputStream().read();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getLocalPort();
    }

    /** The requests that arrived whole, with their bodies. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    /** Waits until the clients have closed their connections, ten seconds at most. */
    boolean awaitNoConnections() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(10_000);
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /** Ends the connections that are open, as a server that restarts does. */
    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Says something that nobody asked for. */
    void writeToConnections(String text) throws IOException {
        for (Socket socket : sockets) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                threads.add(start("raw-server-connection", () -> serve(socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            while (!socket.isClosed()) {
                String request = readRequest(socket.getInputStream());
                if (request == null) {
                    return;
                }
                int number;
                synchronized (requests) {
                    number = requests.size();
                    requests.add(request);
                }
                OutputStream out = socket.getOutputStream();
                answers.get(Math.min(number, answers.size() - 1)).write(socket, out);
            }
        } catch (Exception e) {
            // The client went away, or the test closed the server.
        }
    }

    private static String readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return null;
            }
            head.write(octet);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
