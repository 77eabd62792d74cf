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

import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A service that answers what a test says, in order, and remembers what it was asked. */
final class ScriptedService implements HttpTransport {

    static final URI URI_OF_SERVICE = URI.create("https://catalog.example.com");

    private final Deque<Supplier<HttpAnswer>> answers = new ArrayDeque<>();
    private final List<HttpCall> calls = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;
    private boolean interrupting;

    ScriptedService answers(int status, String body) {
        return answers(status, body, 1, Optional.empty());
    }

    ScriptedService answers(int status, String body, int attempts, Optional<Duration> retryAfter) {
        answers.add(() -> new HttpAnswer(
                status,
                Optional.of("application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                "r-1",
                attempts,
                attempts > 1,
                retryAfter));
        return this;
    }

    ScriptedService fails(RuntimeException failure) {
        answers.add(() -> {
            throw failure;
        });
        return this;
    }

    /** From now on whoever waits is interrupted. */
    ScriptedService interrupts() {
        interrupting = true;
        return this;
    }

    StarRocksApi api() {
        return api(true);
    }

    StarRocksApi api(boolean createAction) {
        return new StarRocksApi(
                this,
                new StarRocksSettings(URI_OF_SERVICE, "v2", "lake", createAction, Duration.ofMinutes(2)),
                new Waiting(() -> nanos, this::sleep));
    }

    private void sleep(Duration pause) throws InterruptedException {
        if (interrupting) {
            throw new InterruptedException();
        }
        pauses.add(pause);
        nanos += pause.toNanos();
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        calls.add(call);
        if (answers.isEmpty()) {
            throw new AssertionError("Nothing was to be asked any more, and was: " + call);
        }
        return answers.remove().get();
    }

    /** What was asked, such as {@code GET api/v2/catalogs}. */
    List<String> asked() {
        return calls.stream()
                .map(call -> call.method() + " " + String.join("/", call.segments())
                        + (call.query().isEmpty() ? "" : " " + call.query()))
                .toList();
    }

    /** The body of the last call. */
    String body() {
        return new String(calls.get(calls.size() - 1).body().orElseThrow(), StandardCharsets.UTF_8);
    }

    List<Duration> pauses() {
        return pauses;
    }

    @Override
    public void close() {}
}
