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
package dev.trestle.catalog.parallel;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.http.CallContext;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.MDC;

/**
 * A call to the service that runs beside its caller, who asks for the answer later and closes it in any case:
 *
 * <pre>{@code
 * try (var views = ParallelCall.start(() -> catalog.listViews(database))) {
 *     names.addAll(catalog.listTables(database));
 *     names.addAll(views.get());
 * }
 * }</pre>
 *
 * It runs for the same query, within the same deadline. All calls of a process share a few daemon threads, which end when they
 * have had nothing to do for a moment; where all are busy, it runs in the caller's thread before this goes on.
 *
 * @param <T> of the answer
 * @param <E> what the call may throw
 */
public final class ParallelCall<T, E extends Exception> implements AutoCloseable {

    private static final int MOST_THREADS = 8;
    private static final long IDLE_SECONDS = 2;
    private static final AtomicLong THREADS = new AtomicLong();

    private static final ThreadPoolExecutor EXECUTOR = new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            ParallelCall::thread,
            new ThreadPoolExecutor.CallerRunsPolicy());

    private final Action<T, E> action;
    private final Future<T> future;

    /** What is asked. */
    @FunctionalInterface
    public interface Action<T, E extends Exception> {

        /** Asks; can be interrupted. */
        T run() throws E;
    }

    private ParallelCall(Action<T, E> action, Future<T> future) {
        this.action = action;
        this.future = future;
    }

    /** Begins a call that changes nothing. */
    public static <T, E extends Exception> ParallelCall<T, E> start(Action<T, E> action) {
        requireNonNull(action, "action is null");
        CallContext context = CallContext.current();
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        return new ParallelCall<>(action, EXECUTOR.submit(() -> run(action, context, mdc)));
    }

    private static <T> T run(Action<T, ?> action, CallContext context, Map<String, String> mdc) throws Exception {
        Map<String, String> before = MDC.getCopyOfContextMap();
        setMdc(mdc);
        try (CallContext.Scope scope = context.enter()) {
            return action.run();
        } finally {
            setMdc(before);
        }
    }

    private static void setMdc(Map<String, String> values) {
        if (values == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(values);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "trestle-call-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(ParallelCall.class.getClassLoader());
        return thread;
    }

    /**
     * Waits for the answer.
     *
     * @throws E what the call threw, as if it had run here
     */
    public T get() throws E {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            // Sends nothing, for the thread is interrupted, and says so in the words of this call.
            return action.run();
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    @SuppressWarnings("unchecked") // The action throws nothing else that is checked.
    private E thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        return (E) cause;
    }

    /** Interrupts the call if it is still under way, since nobody will ask for its answer. */
    @Override
    public void close() {
        future.cancel(true);
    }
}
