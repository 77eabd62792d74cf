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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.http.CallContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.MDC;

/** All threads are in use in one of the tests, and looked for in another. */
@Isolated
@Timeout(60)
class ParallelCallTest {

    @Test
    void runsWhileItsCallerGoesOn() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);

        try (var call = ParallelCall.start(() -> {
            gone.await();
            return "answer";
        })) {
            gone.countDown();

            assertThat(call.get()).isEqualTo("answer");
        }
    }

    @Test
    void throwsWhatTheCallThrew() {
        assertThatThrownBy(() -> failing(new IOException("checked")).get())
                .isInstanceOf(IOException.class)
                .hasMessage("checked");
        assertThatThrownBy(() -> failing(new IllegalStateException("unchecked")).get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unchecked");
    }

    private static ParallelCall<String, Exception> failing(Exception failure) {
        return ParallelCall.start(() -> {
            throw failure;
        });
    }

    @Test
    void worksForTheQueryOfItsCallerAndForNoOtherAfterwards() {
        try (CallContext.Scope scope = CallContext.withQueryId("q")) {
            MDC.put("job", "j");
            assertThat(seen()).isEqualTo("q j");
        } finally {
            MDC.remove("job");
        }

        assertThat(seen()).isEqualTo("none null");
    }

    private static String seen() {
        try (var call = ParallelCall.start(() -> CallContext.queryId().orElse("none") + " " + MDC.get("job"))) {
            return call.get();
        }
    }

    @Test
    void anInterruptedCallerInterruptsItAndAsksInItsOwnThread() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        try (var call = ParallelCall.start(() -> {
            if (Thread.currentThread() == caller) {
                return "the caller's, interrupted: " + Thread.currentThread().isInterrupted();
            }
            started.countDown();
            return awaitForever(interrupted);
        })) {
            started.await();
            caller.interrupt();

            assertThat(call.get()).isEqualTo("the caller's, interrupted: true");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        interrupted.await();
    }

    @Test
    void isInterruptedWhenNobodyWillAskForTheAnswer() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        var call = ParallelCall.start(() -> {
            started.countDown();
            return awaitForever(interrupted);
        });
        started.await();

        call.close();

        interrupted.await();
    }

    private static String awaitForever(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
            return "";
        } catch (InterruptedException e) {
            interrupted.countDown();
            return "interrupted";
        }
    }

    @Test
    void runsInTheCallersThreadWhereAllOthersAreBusy() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean ranHere = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        List<ParallelCall<Boolean, InterruptedException>> busy = new ArrayList<>();
        try {
            while (!ranHere.get()) {
                busy.add(ParallelCall.start(() -> {
                    if (Thread.currentThread() == caller) {
                        ranHere.set(true);
                    } else {
                        end.await();
                    }
                    return true;
                }));
                assertThat(busy).hasSizeLessThan(100);
            }
        } finally {
            end.countDown();
            busy.forEach(ParallelCall::close);
        }
    }

    @Test
    void leavesNoThreadBehind() {
        assertThat(seen()).isNotEmpty();

        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("trestle-call-"))) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
