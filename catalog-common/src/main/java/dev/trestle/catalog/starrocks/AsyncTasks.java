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
package dev.trestle.catalog.starrocks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.http.CallContext;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.starrocks.StarRocksClient.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Waits for changes that the service answered with 202, by asking for their tasks with growing pauses, at least as long as the
 * service wants them. Only what the service says of a task counts: one that cannot be asked for any more leaves the outcome
 * uncertain. Where the thread is interrupted the task is cancelled.
 */
final class AsyncTasks {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration TIME_TO_CANCEL = Duration.ofSeconds(5);

    private final StarRocksClient client;
    private final StarRocksSettings settings;
    private final Waiting waiting;

    AsyncTasks(StarRocksClient client, StarRocksSettings settings, Waiting waiting) {
        this.client = requireNonNull(client, "client is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.waiting = requireNonNull(waiting, "waiting is null");
    }

    /**
     * Waits until a change is done.
     *
     * @param accepted the change, and the 202 that it was answered
     * @param uri where the service says that the task is
     * @throws OutcomeUncertainException if the task does not tell
     */
    void await(Exchange accepted, String uri) {
        List<String> task = ServiceUri.segments(settings.baseUri(), uri)
                .orElseThrow(() -> StarRocksErrors.malformed(
                        accepted.call(),
                        accepted.answer(),
                        "with the URI of a task that is not below the service's own address, and is not followed"));
        long end = waiting.nanoTime().getAsLong() + settings.taskDeadline().toNanos();
        Optional<Duration> asked = accepted.answer().retryAfter();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Duration wait = max(pause, asked.orElse(Duration.ZERO));
            Duration left = Duration.ofNanos(end - waiting.nanoTime().getAsLong());
            if (wait.compareTo(left) >= 0) {
                throw uncertain(accepted.call(), "the service did not finish it in time", null);
            }
            Optional<Exchange> seen = slept(wait) ? ask(accepted.call(), task, left.minus(wait)) : Optional.empty();
            if (seen.isEmpty()) {
                cancel(accepted, task);
                return;
            }
            if (isSettled(accepted, seen.get().result())) {
                return;
            }
            asked = seen.get().answer().retryAfter();
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    /** The task as it is now; empty where the thread is interrupted. */
    private Optional<Exchange> ask(HttpCall change, List<String> task, Duration left) {
        try (CallContext.Scope scope = CallContext.withDeadline(left)) {
            return Optional.of(client.exchange(StarRocksClient.call(
                    new Operation("getTaskOf", change.inWords()),
                    Method.GET,
                    task,
                    Map.of(),
                    Optional.empty(),
                    Repeat.READ)));
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            throw uncertain(change, "its task cannot be asked for: " + e.getMessage(), e);
        }
    }

    /** Nobody waits for the change any more, so that it need not be made; what the service answers to that counts. */
    private void cancel(Exchange accepted, List<String> task) {
        HttpCall change = accepted.call();
        boolean interrupted = Thread.interrupted();
        try (CallContext.Scope scope = CallContext.withDeadline(TIME_TO_CANCEL)) {
            Exchange cancelled = client.exchange(StarRocksClient.call(
                    new Operation("cancelTaskOf", change.inWords()),
                    Method.POST,
                    StarRocksSettings.below(task, "cancel"),
                    Map.of(),
                    Optional.empty(),
                    Repeat.IDEMPOTENT_CHANGE));
            if (!isSettled(accepted, cancelled.result())) {
                throw uncertain(change, "the thread was interrupted, and the service has not cancelled it yet", null);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether a task has ended well. */
    private static boolean isSettled(Exchange accepted, JsonNode task) {
        HttpCall change = accepted.call();
        String state = StarRocksJson.text(task, "state").orElse("").toUpperCase(Locale.ROOT);
        return switch (state) {
            case "FINISHED" -> true;
            case "PENDING", "RUNNING" -> false;
            case "FAILED" ->
                throw StarRocksErrors.ofTask(
                        change,
                        accepted.answer(),
                        StarRocksJson.text(task, "errorCode").orElse(""),
                        StarRocksJson.text(task, "errorMessage").orElse("its task failed"));
            case "CANCELLED" ->
                throw new ServiceException("Cannot " + change.inWords() + ": its task was cancelled (request id "
                        + accepted.answer().requestId() + ")");
            default -> throw uncertain(change, "its task is in a state that is not known", null);
        };
    }

    private static OutcomeUncertainException uncertain(HttpCall change, String why, Throwable cause) {
        return new OutcomeUncertainException("Cannot " + change.inWords() + ": " + why, false, cause);
    }

    private boolean slept(Duration pause) {
        try {
            waiting.sleeper().sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
