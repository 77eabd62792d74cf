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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The executor of Flink's own SQL client, as that client uses it: with Flink's classes in a class loader of their own, since
 * nothing of ours has them on its class path.
 */
final class FlinkExecutor implements AutoCloseable {

    private static final String EXECUTOR = "org.apache.flink.table.client.gateway.ExecutorImpl";
    private static final String CONTEXT = "org.apache.flink.table.gateway.service.context.DefaultContext";
    private static final String CONFIGURATION = "org.apache.flink.configuration.Configuration";

    private final URLClassLoader classes;
    private final Object executor;

    /** Opens a session at the gateway. */
    FlinkExecutor(List<Path> jars, URI gateway, Map<String, String> properties) {
        classes = new URLClassLoader(
                jars.stream().map(FlinkExecutor::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        executor = withItsClasses(() -> {
            Class<?> configurationClass = classes.loadClass(CONFIGURATION);
            Object configuration =
                    configurationClass.getMethod("fromMap", Map.class).invoke(null, properties);
            Class<?> contextClass = classes.loadClass(CONTEXT);
            Object context =
                    contextClass.getConstructor(configurationClass, List.class).newInstance(configuration, List.of());
            return classes.loadClass(EXECUTOR)
                    .getConstructor(contextClass, InetSocketAddress.class, String.class)
                    .newInstance(context, new InetSocketAddress(gateway.getHost(), gateway.getPort()), "benchmark");
        });
    }

    /** Runs a statement, reads its rows and closes it. Returns their number. */
    int run(String statement) {
        return withItsClasses(() -> {
            Object result = executor.getClass()
                    .getMethod("executeStatement", String.class)
                    .invoke(executor, statement);
            try (AutoCloseable closeable = (AutoCloseable) result) {
                int rows = 0;
                for (Iterator<?> iterator = (Iterator<?>) closeable; iterator.hasNext(); iterator.next()) {
                    rows++;
                }
                return rows;
            }
        });
    }

    @Override
    public void close() {
        try {
            withItsClasses(() -> executor.getClass().getMethod("close").invoke(executor));
            classes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Action<T> {
        T run() throws Exception;
    }

    private <T> T withItsClasses(Action<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            return action.run();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Flink's SQL client failed", e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException("Flink's SQL client cannot be used as this benchmark expects", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
