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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines load the catalog in a class loader of a job's own and drop it: nothing of ours keeps it, no thread stays. */
@Timeout(300)
class DroppedClassLoaderTest {

    /** With the JSON library, which keeps the types that it has read for ever, and which our jars bring their own copy of. */
    private static final Pattern OURS = Pattern.compile("(dev\\.trestle\\.catalog|com\\.fasterxml\\.jackson)\\..*");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /**
     * Over connections that are not kept, since the HTTP client holds a pooled one for half a minute; its watchdog holds the
     * last call until the next one.
     */
    @Test
    void letsOurClassesGo() throws Exception {
        server.setDispatcher(new Answers(Optional.of("close")));
        WeakReference<ClassLoader> dropped = useAndDrop(OURS.asMatchPredicate(), false);

        assertThat(Garbage.isCollectedUntil(Duration.ofSeconds(30), () -> {
                    RestCatalog.open(options()).listDatabases();
                    return dropped.refersTo(null);
                }))
                .isTrue();
    }

    /** The HTTP client's own threads end a minute after their last use. */
    @Tag("full")
    @Test
    void letsAllOfTheJarGoAndLeavesNoThread() throws Exception {
        server.setDispatcher(new Answers(Optional.empty()));
        WeakReference<ClassLoader> dropped =
                useAndDrop(name -> !name.startsWith("java.") && !name.startsWith("org.slf4j."), true);

        awaitEndOfThreads(Instant.now().plus(Duration.ofMinutes(3)));

        assertThat(Garbage.isCollectedUntil(Duration.ofMinutes(1), () -> dropped.refersTo(null)))
                .as("held by one of %s", Thread.getAllStackTraces().keySet())
                .isTrue();
        assertThat(threadsOfAJar()).isEmpty();
    }

    /** Without a look for garbage meanwhile, which would keep a processor busy; in a frame that then keeps no thread. */
    private static void awaitEndOfThreads(Instant limit) throws InterruptedException {
        for (List<Thread> left = threadsOfAJar(); !left.isEmpty(); left = threadsOfAJar()) {
            assertThat(Instant.now()).as("%s stay", left).isBefore(limit);
            left.get(0).join(1_000);
        }
    }

    private static List<Thread> threadsOfAJar() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getContextClassLoader() instanceof OwnFirst)
                .toList();
    }

    /** What a service with one table answers. */
    private static final class Answers extends Dispatcher {

        private final Optional<String> connection;

        Answers(Optional<String> connection) {
            this.connection = connection;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            MockResponse.Builder response = new MockResponse.Builder();
            connection.ifPresent(value -> response.setHeader("Connection", value));
            if (path.endsWith("/config")) {
                response.body("{\"defaults\":{\"prefix\":\"p\"}}");
            } else if (path.endsWith("/databases")) {
                response.body("{\"databases\":[\"db\"]}");
            } else if (path.endsWith("/snapshot")) {
                response.code(404).body("{\"resourceType\":\"SNAPSHOT\",\"code\":404}");
            } else {
                response.body(
                        "{\"path\":\"file:/t\",\"schema\":{\"fields\":[{\"id\":0,\"name\":\"k\",\"type\":\"INT\"}],"
                                + "\"partitionKeys\":[],\"primaryKeys\":[],\"options\":{}}}");
            }
            return response.build();
        }
    }

    private WeakReference<ClassLoader> useAndDrop(Predicate<String> own, boolean asContext) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<WeakReference<ClassLoader>> dropped = new AtomicReference<>();
        // A thread of its own, so that nothing stays in this one's thread locals.
        Thread user = new Thread(() -> {
            try {
                dropped.set(use(own, asContext, options()));
            } catch (Exception | LinkageError e) {
                failure.set(e);
            }
        });
        user.start();
        user.join(60_000);
        assertThat(failure.get()).isNull();
        assertThat(dropped.get()).isNotNull();
        return dropped.get();
    }

    private Map<String, String> options() {
        return Map.of("uri", server.url("/").toString());
    }

    private static WeakReference<ClassLoader> use(Predicate<String> own, boolean asContext, Map<String, String> options)
            throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (OwnFirst loader = new OwnFirst(own)) {
            if (asContext) {
                Thread.currentThread().setContextClassLoader(loader);
            }
            Class<?> probe = loader.loadClass(CatalogProbe.class.getName());
            assertThat(probe.getClassLoader()).isSameAs(loader);
            @SuppressWarnings("unchecked") // The probe takes options.
            Consumer<Map<String, String>> user =
                    (Consumer<Map<String, String>>) probe.getConstructor().newInstance();
            user.accept(options);
            return new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Loads some classes itself, from this test's class path, and asks its parent for the others. */
    private static final class OwnFirst extends URLClassLoader {

        private final Predicate<String> own;

        OwnFirst(Predicate<String> own) {
            super("dropped", classPath(), DroppedClassLoaderTest.class.getClassLoader());
            this.own = own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!own.test(name)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                try {
                    return known == null ? findClass(name) : known;
                } catch (ClassNotFoundException e) {
                    // One of the JDK's.
                    return super.loadClass(name, resolve);
                }
            }
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(OwnFirst::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String path) {
            try {
                return new File(path).toURI().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
