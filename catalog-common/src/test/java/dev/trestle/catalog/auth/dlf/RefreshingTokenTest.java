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
package dev.trestle.catalog.auth.dlf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.MutableClock;
import dev.trestle.catalog.auth.RefreshingToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RefreshingTokenTest {

    private final MutableClock clock = new MutableClock();
    private final FakeLoader loader = new FakeLoader();
    private final List<Boolean> reported = new ArrayList<>();
    private final RefreshingToken<DlfToken> tokens = new RefreshingToken<>("DLF", loader, reported::add, clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void loadsNothingUntilATokenIsNeeded() {
        assertThat(loader.loads).hasValue(0);
    }

    @Test
    void aTokenWithoutExpirationIsLoadedOnce() {
        loader.next = () -> token("a");

        tokens.getOrRefreshToken();
        clock.advance(Duration.ofDays(3650));
        tokens.getOrRefreshToken();

        assertThat(loader.loads).hasValue(1);
    }

    @Test
    void aLongLivedTokenIsReplacedOneHourBeforeItExpires() {
        loader.next = () -> tokenFor(Duration.ofHours(12));

        tokens.getOrRefreshToken();
        clock.advance(Duration.ofHours(11).minusSeconds(1));
        tokens.getOrRefreshToken();
        assertThat(loader.loads).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        tokens.getOrRefreshToken();
        assertThat(loader.loads).hasValue(2);
    }

    @Test
    void aTokenOfFifteenMinutesIsNotReloadedOnEveryRequest() {
        loader.next = () -> tokenFor(Duration.ofMinutes(15));

        for (int second = 0; second < 3600; second++) {
            tokens.getOrRefreshToken();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(loader.loads).hasValueLessThanOrEqualTo(6);
    }

    @Test
    void aSourceThatKeepsAnsweringWithTheSameTokenIsNotAskedOnEveryRequest() {
        Instant expiration = clock.instant().plus(Duration.ofHours(2));
        loader.next = () -> new DlfToken("id", "secret", Optional.empty(), Optional.of(expiration));

        for (int second = 0; second < 7199; second++) {
            tokens.getOrRefreshToken();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(loader.loads).hasValueLessThan(50);
    }

    @Test
    void aNewerTokenIsTakenAtOnce() {
        loader.next = () -> token("a");
        tokens.getOrRefreshToken();

        loader.next = () -> token("b");
        loader.hasNewer = true;

        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("b");
    }

    @Test
    void aFailedRefreshKeepsAValidTokenAndTriesAgainLater() {
        loader.next = () -> tokenFor(Duration.ofHours(12));
        DlfToken first = tokens.getOrRefreshToken();
        clock.advance(Duration.ofHours(11));

        loader.next = failure("down");
        assertThat(tokens.getOrRefreshToken()).isEqualTo(first);
        assertThat(tokens.getOrRefreshToken()).isEqualTo(first);
        assertThat(loader.loads).as("no second attempt at once").hasValue(2);

        clock.advance(Duration.ofSeconds(10));
        loader.next = () -> token("b");
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("b");
    }

    @Test
    void aLoadThatFailsSlowlyIsNotTriedAgainAtOnce() {
        loader.next = () -> tokenFor(Duration.ofHours(12));
        DlfToken first = tokens.getOrRefreshToken();
        clock.advance(Duration.ofHours(11));

        loader.next = failureAfter(Duration.ofSeconds(30));
        assertThat(tokens.getOrRefreshToken()).isEqualTo(first);
        assertThat(tokens.getOrRefreshToken()).isEqualTo(first);
        assertThat(loader.loads).as("no second attempt at once").hasValue(2);
    }

    @Test
    void aTokenThatEndsDuringAFailedLoadIsNotUsed() {
        loader.next = () -> tokenFor(Duration.ofHours(12));
        tokens.getOrRefreshToken();
        clock.advance(Duration.ofHours(12).minusSeconds(5));

        loader.next = failureAfter(Duration.ofSeconds(30));
        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("hangs");
    }

    @Test
    void withoutAValidTokenAFailedLoadIsTheCallsError() {
        loader.next = failure("metadata service is down");

        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("metadata service is down");
    }

    @Test
    void everyAttemptToLoadIsReported() {
        loader.next = failure("down");
        assertThatThrownBy(tokens::getOrRefreshToken).isInstanceOf(AuthenticationException.class);
        loader.next = () -> token("a");
        tokens.getOrRefreshToken();
        tokens.getOrRefreshToken();

        assertThat(reported).containsExactly(false, true);
    }

    @Test
    void noFailureIsTheLastWord() {
        loader.next = failure("down");
        assertThatThrownBy(tokens::getOrRefreshToken).isInstanceOf(AuthenticationException.class);

        loader.next = () -> token("a");
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("a");
    }

    @Test
    void anExpiredTokenIsNotUsedWhenNoOtherCanBeLoaded() {
        loader.next = () -> tokenFor(Duration.ofMinutes(15));
        tokens.getOrRefreshToken();
        clock.advance(Duration.ofMinutes(15));
        loader.next = failure("down");

        assertThatThrownBy(tokens::getOrRefreshToken).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void aTokenThatHasExpiredWhenItIsLoadedIsRefusedWithBothTimes() {
        loader.next = () -> tokenFor(Duration.ofMinutes(-5));

        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage(
                        "The DLF token from test source expired at 2026-01-31T11:55:00Z; by this machine's clock it is"
                                + " 2026-01-31T12:00:00Z");
    }

    @Test
    void anExceptionOfALoaderIsNamedByItsSource() {
        loader.next = () -> {
            throw new IllegalStateException("boom");
        };

        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("No DLF token from test source (IllegalStateException)")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLoaderThatGivesNullIsAnError() {
        loader.next = () -> null;

        assertThatThrownBy(tokens::getOrRefreshToken).hasMessage("No DLF token from test source");
    }

    @Test
    void aRefusedTokenIsReplaced() {
        loader.next = () -> token("a");
        tokens.getOrRefreshToken();

        loader.next = () -> token("b");
        assertThat(tokens.invalidate()).isTrue();

        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("b");
    }

    @Test
    void requestsThatAreRefusedTogetherLoadOneToken() {
        loader.next = () -> token("a");
        tokens.getOrRefreshToken();

        for (int request = 0; request < 20; request++) {
            assertThat(tokens.invalidate()).isTrue();
            tokens.getOrRefreshToken();
        }

        assertThat(loader.loads).hasValue(2);
    }

    @Test
    void manyThreadsThatNeedTheFirstTokenLoadItOnce() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        loader.next = blocking(started, proceed, () -> token("a"));

        List<Future<DlfToken>> calls = new ArrayList<>();
        calls.add(threads.submit(tokens::getOrRefreshToken));
        await(started);
        for (int i = 0; i < 31; i++) {
            calls.add(threads.submit(tokens::getOrRefreshToken));
        }
        proceed.countDown();

        for (Future<DlfToken> call : calls) {
            assertThat(call.get(30, TimeUnit.SECONDS).accessKeyId()).isEqualTo("a");
        }
        assertThat(loader.loads).hasValue(1);
    }

    @Test
    void otherThreadsGoOnWithAValidTokenDuringARefresh() throws Exception {
        loader.next = () -> tokenFor(Duration.ofHours(12));
        DlfToken first = tokens.getOrRefreshToken();
        clock.advance(Duration.ofHours(11));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        loader.next = blocking(started, proceed, () -> token("b"));

        Future<DlfToken> refreshing = threads.submit(tokens::getOrRefreshToken);
        await(started);
        assertThat(tokens.getOrRefreshToken()).isEqualTo(first);
        proceed.countDown();

        assertThat(refreshing.get(30, TimeUnit.SECONDS).accessKeyId()).isEqualTo("b");
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("b");
        assertThat(loader.loads).hasValue(2);
    }

    @Test
    void threadsThatWaitForAFailedLoadFailWithIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        loader.next = blocking(started, proceed, failure("down"));
        Future<DlfToken> first = threads.submit(tokens::getOrRefreshToken);
        await(started);
        Thread[] waiter = new Thread[1];
        CountDownLatch waiting = new CountDownLatch(1);
        Future<DlfToken> second = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            waiting.countDown();
            return tokens.getOrRefreshToken();
        });
        await(waiting);
        awaitParked(waiter[0]);
        proceed.countDown();

        for (Future<DlfToken> call : List.of(first, second)) {
            assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessage("down");
        }
        assertThat(loader.loads).hasValue(1);
    }

    @Test
    void anInterruptedLoadFailsItsOwnThreadOnly() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        loader.next = blocking(started, never, () -> token("a"));
        Thread[] leader = new Thread[1];
        Future<DlfToken> first = threads.submit(() -> {
            leader[0] = Thread.currentThread();
            return tokens.getOrRefreshToken();
        });
        await(started);
        Thread[] waiter = new Thread[1];
        CountDownLatch waiting = new CountDownLatch(1);
        Future<DlfToken> second = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            waiting.countDown();
            return tokens.getOrRefreshToken();
        });
        await(waiting);
        awaitParked(waiter[0]);

        loader.next = () -> token("b");
        leader[0].interrupt();

        assertThat(second.get(30, TimeUnit.SECONDS).accessKeyId()).isEqualTo("b");
        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).cause().isInstanceOf(AuthenticationException.class);
    }

    private static DlfToken token(String id) {
        return new DlfToken(id, "secret", Optional.empty(), Optional.empty());
    }

    private DlfToken tokenFor(Duration life) {
        return new DlfToken(
                "id", "secret", Optional.of("sts"), Optional.of(clock.instant().plus(life)));
    }

    private static Supplier<DlfToken> failure(String message) {
        return () -> {
            throw new AuthenticationException(message);
        };
    }

    private Supplier<DlfToken> failureAfter(Duration wait) {
        return () -> {
            clock.advance(wait);
            throw new AuthenticationException("hangs");
        };
    }

    private static Supplier<DlfToken> blocking(
            CountDownLatch started, CountDownLatch proceed, Supplier<DlfToken> result) {
        return () -> {
            started.countDown();
            await(proceed);
            return result.get();
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthenticationException("interrupted", e);
        }
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static final class FakeLoader implements DlfTokenLoader {
        private final AtomicInteger loads = new AtomicInteger();
        private volatile Supplier<DlfToken> next = failure("nothing to load");
        private volatile boolean hasNewer;

        @Override
        public DlfToken loadToken() {
            loads.incrementAndGet();
            DlfToken token = next.get();
            hasNewer = false;
            return token;
        }

        @Override
        public boolean hasNewerToken() {
            return hasNewer;
        }

        @Override
        public String description() {
            return "test source";
        }
    }
}
