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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * A proxy on this machine's loopback that hands requests on to an HTTP server, and does harm to chosen ones:
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.start(server.uri())) {
 *     InjectedFault fault = proxy.inject(Fault.cutAfter(), ProxiedRequest.that("POST", "/commit$"));
 *     … a client of proxy.uri() commits …
 *     assertThat(fault.hits()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Requests and answers pass byte for byte, so signatures stay valid. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final InetSocketAddress address;
    private final List<InjectedFault> faults = new CopyOnWriteArrayList<>();
    private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lifecycle = new Object();

    private Optional<ServerSocket> listener;

    /** While it is down: bound, so that no other process gets the port, and listening to nobody. */
    private Optional<Socket> placeholder = Optional.empty();

    private FaultProxy(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.address = (InetSocketAddress) listener.getLocalSocketAddress();
        this.listener = Optional.of(listener);
    }

    /** Starts a proxy before a server, which must speak plain HTTP. */
    public static FaultProxy start(URI server) {
        if (!"http".equals(server.getScheme()) || server.getPort() < 0) {
            throw new IllegalArgumentException(
                    "A server's URI with a port, such as http://127.0.0.1:80, not " + server);
        }
        try {
            ServerSocket listener = listen(0);
            FaultProxy proxy = new FaultProxy(new InetSocketAddress(server.getHost(), server.getPort()), listener);
            proxy.accept(listener);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return listener;
    }

    /** Where clients reach the server through the proxy. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /** Lets a fault happen to the next request that fits. */
    public InjectedFault inject(Fault fault, Predicate<ProxiedRequest> which) {
        return inject(fault, which, 0, 1);
    }

    /** Lets a fault happen to some requests that fit, after as many as {@code skip} have passed. */
    public InjectedFault inject(Fault fault, Predicate<ProxiedRequest> which, int skip, int times) {
        InjectedFault injected = new InjectedFault(fault, which, skip, times);
        faults.add(injected);
        return injected;
    }

    /** Takes all faults back, also those that have not happened yet. */
    public void clear() {
        faults.clear();
    }

    /** Requests in the order in which they came, with those that met a fault. */
    public List<ProxiedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Refuses connections and ends those that are open, until {@link #revive}. */
    public void goDown() {
        synchronized (lifecycle) {
            listener.ifPresent(FaultProxy::closeQuietly);
            if (listener.isPresent() && closed.getCount() > 0) {
                placeholder = hold();
            }
            listener = Optional.empty();
        }
        sockets.forEach(FaultProxy::closeQuietly);
    }

    /** True before the first open connection ends, so that a client that tries again on another one gets no answer. */
    boolean isDown() {
        synchronized (lifecycle) {
            return listener.isEmpty();
        }
    }

    private Optional<Socket> hold() {
        Socket held = new Socket();
        try {
            held.setReuseAddress(true);
            held.bind(address);
            return Optional.of(held);
        } catch (IOException e) {
            // Nobody has to hold it: the proxy is as down without.
            closeQuietly(held);
            return Optional.empty();
        }
    }

    /** Accepts connections again, at the same address. */
    public void revive() {
        synchronized (lifecycle) {
            if (listener.isEmpty() && closed.getCount() > 0) {
                letGo();
                try {
                    ServerSocket again = listen(address.getPort());
                    listener = Optional.of(again);
                    accept(again);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void letGo() {
        placeholder.ifPresent(FaultProxy::closeQuietly);
        placeholder = Optional.empty();
    }

    private void accept(ServerSocket from) {
        thread("fault-proxy-" + address.getPort(), () -> {
            while (!from.isClosed()) {
                try {
                    Socket client = from.accept();
                    sockets.add(client);
                    thread("fault-proxy-connection", () -> {
                        try (client) {
                            new ProxyConnection(this, client, target).run();
                        } catch (IOException e) {
                            // The client went away, or the server: the other side sees its connection end.
                            closeQuietly(client);
                        } finally {
                            sockets.remove(client);
                        }
                    });
                } catch (SocketException e) {
                    // Closed: the loop's condition says so.
                    continue;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The fault of a request, which is noted. */
    Optional<Fault> arrived(ProxiedRequest request) {
        requests.add(request);
        return faults.stream()
                .filter(injected -> injected.takes(request))
                .findFirst()
                .map(InjectedFault::fault);
    }

    /** Opens when the proxy is closed: nothing waits longer than that. */
    CountDownLatch closed() {
        return closed;
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is to end, and it has ended.
            return;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        goDown();
        synchronized (lifecycle) {
            letGo();
        }
    }
}
