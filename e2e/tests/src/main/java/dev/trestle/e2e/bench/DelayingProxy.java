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
package dev.trestle.e2e.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A longer way to a server: bytes arrive half of a round trip later in either direction, in order and as fast as they were
 * sent, and a new connection takes a whole round trip. On this machine's loopback.
 */
final class DelayingProxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final InetSocketAddress target;
    private final Duration roundTrip;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** @param last the sender has ended; it carries nothing then */
    private record Chunk(byte[] bytes, long dueNanos, boolean last) {}

    private DelayingProxy(InetSocketAddress target, Duration roundTrip, ServerSocket listener) {
        this.target = target;
        this.roundTrip = roundTrip;
        this.listener = listener;
    }

    /** @param roundTrip what a request and its answer take longer; zero for a proxy that only hands on */
    static DelayingProxy start(URI server, Duration roundTrip) {
        requireNonNull(roundTrip, "roundTrip is null");
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            DelayingProxy proxy =
                    new DelayingProxy(new InetSocketAddress(server.getHost(), server.getPort()), roundTrip, listener);
            thread(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                thread(() -> connect(client));
            } catch (IOException e) {
                // The proxy was closed, as the loop's condition then says.
                continue;
            }
        }
    }

    private void connect(Socket client) {
        try {
            TimeUnit.NANOSECONDS.sleep(roundTrip.toNanos());
            Socket server = new Socket();
            sockets.add(server);
            server.connect(target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            relay(client, server);
            relay(server, client);
        } catch (IOException | InterruptedException e) {
            end(client);
        }
    }

    private void relay(Socket from, Socket to) {
        BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
        thread(() -> read(from, underWay));
        thread(() -> write(underWay, from, to));
    }

    private void read(Socket from, BlockingQueue<Chunk> underWay) {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                long due = System.nanoTime() + roundTrip.toNanos() / 2;
                underWay.add(new Chunk(Arrays.copyOf(buffer, count), due, false));
            }
        } catch (IOException e) {
            end(from);
        } finally {
            underWay.add(new Chunk(new byte[0], 0, true));
        }
    }

    private void write(BlockingQueue<Chunk> underWay, Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = underWay.take(); !chunk.last; chunk = underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.dueNanos - System.nanoTime());
                out.write(chunk.bytes);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is to end, and it has ended.
            return;
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "delaying-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.forEach(this::end);
        }
    }
}
