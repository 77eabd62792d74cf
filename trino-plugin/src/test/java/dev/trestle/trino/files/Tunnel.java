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
package dev.trestle.trino.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

/** A proxy for HTTPS that leads the connections to each host to a port of this machine. */
final class Tunnel implements AutoCloseable {

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocket listener;
    private final Map<String, Integer> ports;

    private Tunnel(ServerSocket listener, Map<String, Integer> ports) {
        this.listener = listener;
        this.ports = Map.copyOf(ports);
    }

    /** @param ports by host */
    static Tunnel start(Map<String, Integer> ports) throws IOException {
        Tunnel tunnel = new Tunnel(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), ports);
        Thread.ofVirtual().start(tunnel::accept);
        return tunnel;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void connect(Socket client) {
        try (client) {
            String host = readHost(client.getInputStream());
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), ports.get(host))) {
                client.getOutputStream().write(("HTTP/1.1 200 Connected" + END_OF_HEAD).getBytes(US_ASCII));
                Thread answers = Thread.ofVirtual().start(() -> pass(server, client));
                pass(client, server);
                answers.join();
            }
        } catch (IOException | InterruptedException e) {
            // One of the two is gone, and so the other.
        }
    }

    /** The head of a request begins with {@code CONNECT host:port}. */
    private static String readHost(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The client asked for nothing");
            }
            head.append((char) next);
        }
        return head.substring(head.indexOf(" ") + 1, head.indexOf(":"));
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of the two is gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
