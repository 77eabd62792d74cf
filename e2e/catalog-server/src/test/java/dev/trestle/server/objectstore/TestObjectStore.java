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
package dev.trestle.server.objectstore;

import static java.util.Objects.requireNonNull;

import dev.trestle.server.files.ScopedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server in this process, on the loopback. It checks signatures, and lets in its own key, which opens everything, and
 * the keys that the catalog server makes of it, each in its directory and until its end.
 */
public final class TestObjectStore implements AutoCloseable {

    /** The bucket that is there from the start. */
    public static final String BUCKET = "lake";

    private static final System.Logger LOG = System.getLogger(TestObjectStore.class.getName());
    private static final String ROOT_KEY = "root-key";

    private final S3Proxy proxy;
    private final String secret;
    private final Clock clock;
    private final Set<String> acceptedKeys = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();

    private TestObjectStore(S3Proxy proxy, BlobStore blobs, String secret, Clock clock) {
        this.proxy = proxy;
        this.secret = secret;
        this.clock = clock;
        proxy.setBlobStoreLocator((identity, bucket, object) -> grant(blobs, identity, bucket, object));
    }

    /**
     * Starts a store that keeps its objects in a directory.
     *
     * @param port 0 for any that is free
     * @param secret of its own key
     */
    public static TestObjectStore start(Path directory, int port, String secret, Clock clock) {
        return start(directory, "127.0.0.1", port, secret, clock);
    }

    static TestObjectStore start(Path directory, String address, int port, String secret, Clock clock) {
        requireNonNull(clock, "clock is null");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BlobStore blobs = new FilesystemNio2BlobStore(directory.toString());
        if (!blobs.containerExists(BUCKET)) {
            blobs.createContainer(BUCKET);
        }
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://" + address + ":" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ROOT_KEY, secret)
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(32)
                .stopTimeout(0)
                .build();
        TestObjectStore store = new TestObjectStore(proxy, blobs, secret, clock);
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("The object store did not start", e);
        }
        return store;
    }

    /** A store on any free port, by the system's clock. */
    public static TestObjectStore start(Path directory) {
        return start(directory, 0, "the-store's-own-secret", Clock.systemUTC());
    }

    private AccessGrant grant(BlobStore blobs, String identity, String bucket, String object) {
        if (ROOT_KEY.equals(identity)) {
            return new AccessGrant(secret, blobs);
        }
        if (identity == null || !opens(identity, bucket, object)) {
            refused.incrementAndGet();
            LOG.log(Level.WARNING, "Refused a key for {0}/{1}", bucket, object);
            return null;
        }
        acceptedKeys.add(identity);
        ScopedKey.Scope scope = ScopedKey.scope(identity).orElseThrow();
        return new AccessGrant(ScopedKey.of(identity, secret).secretAccessKey(), new ScopedBlobStore(blobs, scope));
    }

    /** What is asked of a bucket as a whole, such as a listing, is looked at again when its request is read. */
    private boolean opens(String identity, String bucket, String object) {
        return ScopedKey.scope(identity)
                .filter(scope -> clock.millis() < scope.expiresAtMillis())
                .filter(scope ->
                        bucket != null && (object == null || object.isEmpty() || scope.contains(bucket + "/" + object)))
                .isPresent();
    }

    /** Where the store is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** The secret of the store's own key. */
    public String secret() {
        return secret;
    }

    /** Paimon's options to reach the store, without a key. */
    public Map<String, String> endpointOptions() {
        return Map.of("s3.endpoint", uri().toString(), "s3.path.style.access", "true");
    }

    /** Paimon's options to reach the store with its own key. */
    public Map<String, String> ownerOptions() {
        Map<String, String> options = new HashMap<>(endpointOptions());
        options.put("s3.access-key", ROOT_KEY);
        options.put("s3.secret-key", secret);
        return Map.copyOf(options);
    }

    /** The ids of vended keys that came with requests and were good. */
    public Set<String> acceptedKeys() {
        return Set.copyOf(acceptedKeys);
    }

    /** How many requests came with a key that is unknown, has ended, or opens another directory. */
    public long refused() {
        return refused.get();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The object store did not stop", e);
        }
    }
}
