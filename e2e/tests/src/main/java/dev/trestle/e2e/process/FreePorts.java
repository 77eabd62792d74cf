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
package dev.trestle.e2e.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface that nothing listens on. They lie below the range from which the system takes the ports of
 * outgoing connections, so that none of those takes one before its server has bound it.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int BLOCK = 50;

    /**
     * On the first port of each block that was taken, for as long as this object lives: another program that looks for free
     * ports sees that the others of the block are spoken for, though nobody listens there yet.
     */
    private final List<ServerSocket> blocks = new ArrayList<>();

    private int next;
    private int end;

    /** A free port, never the same one twice, nor one that another program has from here. */
    public synchronized int next() {
        while (true) {
            while (next < end) {
                int port = next++;
                if (isFree(port)) {
                    return port;
                }
            }
            takeBlock();
        }
    }

    private void takeBlock() {
        int count = (LAST - FIRST) / BLOCK;
        int start = ThreadLocalRandom.current().nextInt(count);
        for (int i = 0; i < count; i++) {
            int first = FIRST + (start + i) % count * BLOCK;
            try {
                blocks.add(listen(first));
                next = first + 1;
                end = first + BLOCK;
                return;
            } catch (IOException e) {
                // Another's.
            }
        }
        throw new IllegalStateException("No port of 127.0.0.1 between " + FIRST + " and " + LAST + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
