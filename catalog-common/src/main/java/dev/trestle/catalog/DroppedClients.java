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
package dev.trestle.catalog;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.storage.VendedFiles;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections of clients that nobody holds any more, and who they were authenticated as. Asked whenever a client is
 * looked for, so that it needs no thread. Safe for use by many threads.
 */
final class DroppedClients {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedClients.class);

    private final ReferenceQueue<SharedClient> dropped = new ReferenceQueue<>();
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

    private static final class Watched extends PhantomReference<SharedClient> {

        private final Connection connection;
        private final Optional<VendedFiles> files;

        Watched(SharedClient client, ReferenceQueue<SharedClient> dropped) {
            super(client, dropped);
            this.connection = client.connection();
            this.files = client.vendedFiles();
        }
    }

    /** From now on the client's connection is closed when the client is dropped. */
    SharedClient watch(SharedClient client) {
        watched.add(new Watched(requireNonNull(client, "client is null"), dropped));
        return client;
    }

    /** Closes what was dropped since the last time. */
    void close() {
        Reference<? extends SharedClient> reference;
        while ((reference = dropped.poll()) != null) {
            if (reference instanceof Watched client && watched.remove(client)) {
                try {
                    client.connection.close();
                    client.files.ifPresent(VendedFiles::close);
                } catch (RuntimeException e) {
                    LOG.warn("A client that is no longer used could not be closed", e);
                }
            }
        }
    }
}
