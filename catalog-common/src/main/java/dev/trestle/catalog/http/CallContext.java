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

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What holds for every call that the current thread makes until the scope is closed: a deadline that several calls share,
 * and the engine's query that they serve.
 *
 * <pre>{@code
 * try (var scope = CallContext.withDeadline(Duration.ofMinutes(2))) {
 *     // every call in here, with its repeats, ends within two minutes of this line
 * }
 * }</pre>
 *
 * Scopes nest: the earlier deadline counts, the inner query id hides the outer one. A scope is closed by the thread that
 * opened it, in reverse order; another thread that works for the same call enters its {@link #current} context.
 */
public final class CallContext {

    /** Of a deadline: longer ones could not be compared as nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern NOT_SENDABLE = Pattern.compile("[^ -~]");
    private static final ThreadLocal<CallContext> CURRENT = new ThreadLocal<>();

    /** Ends what it began. Closing never fails. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    private final OptionalLong deadlineNanos;
    private final Optional<String> queryId;

    private CallContext(OptionalLong deadlineNanos, Optional<String> queryId) {
        this.deadlineNanos = deadlineNanos;
        this.queryId = queryId;
    }

    /**
     * Gives all calls of this thread, until the scope is closed, no more than the given time together. The transport's own
     * deadline of each call still holds within it.
     */
    public static Scope withDeadline(Duration time) {
        requireNonNull(time, "time is null");
        CallContext outer = current();
        Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        long deadline = System.nanoTime() + bounded.toNanos();
        // Differences, not values, of System.nanoTime() can be compared.
        boolean outerIsEarlier = outer.deadlineNanos.isPresent() && outer.deadlineNanos.getAsLong() - deadline < 0;
        return enter(new CallContext(outerIsEarlier ? outer.deadlineNanos : OptionalLong.of(deadline), outer.queryId));
    }

    /**
     * Names the engine's query in the log line of each call, and sends it as the header {@code x-trestle-query-id}.
     *
     * @param queryId what a header cannot carry, anything but visible ASCII and spaces, becomes a question mark
     */
    public static Scope withQueryId(String queryId) {
        requireNonNull(queryId, "queryId is null");
        return enter(new CallContext(current().deadlineNanos, Optional.of(sendable(queryId))));
    }

    /** With a question mark for each character that a header cannot carry. */
    static String sendable(String text) {
        return NOT_SENDABLE.matcher(text).replaceAll("?");
    }

    /** The engine's query that this thread works for. */
    public static Optional<String> queryId() {
        return current().queryId;
    }

    /** The {@link System#nanoTime()} at which the calls of this thread must have ended. */
    static OptionalLong deadlineNanos() {
        return current().deadlineNanos;
    }

    /** What holds for the calls of this thread now. */
    public static CallContext current() {
        CallContext context = CURRENT.get();
        return context == null ? new CallContext(OptionalLong.empty(), Optional.empty()) : context;
    }

    /** Lets this hold for the calls of the thread that enters it, instead of what held before. */
    public Scope enter() {
        return enter(this);
    }

    private static Scope enter(CallContext inner) {
        CallContext outer = CURRENT.get();
        CURRENT.set(inner);
        return () -> {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        };
    }
}
