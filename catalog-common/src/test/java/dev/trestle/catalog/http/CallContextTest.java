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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Scopes nest and end. */
class CallContextTest {

    @Test
    void isEmptyOutsideOfScopes() {
        assertThat(CallContext.queryId()).isEmpty();
        assertThat(CallContext.deadlineNanos()).isEmpty();
    }

    @Test
    void anInnerQueryIdHidesTheOuterOneUntilItsScopeEnds() {
        try (CallContext.Scope outer = CallContext.withQueryId("outer")) {
            try (CallContext.Scope inner = CallContext.withQueryId("inner")) {
                assertThat(CallContext.queryId()).contains("inner");
            }
            assertThat(CallContext.queryId()).contains("outer");
        }
        assertThat(CallContext.queryId()).isEmpty();
    }

    @Test
    void anEarlierDeadlineIsNotExtended() {
        try (CallContext.Scope outer = CallContext.withDeadline(Duration.ofSeconds(1))) {
            OptionalLong earlier = CallContext.deadlineNanos();
            try (CallContext.Scope inner = CallContext.withDeadline(Duration.ofHours(1))) {
                assertThat(CallContext.deadlineNanos()).isEqualTo(earlier);
            }
            try (CallContext.Scope inner = CallContext.withDeadline(Duration.ofMillis(1))) {
                assertThat(CallContext.deadlineNanos().getAsLong()).isLessThan(earlier.getAsLong());
            }
            assertThat(CallContext.deadlineNanos()).isEqualTo(earlier);
        }
        assertThat(CallContext.deadlineNanos()).isEmpty();
    }

    @Test
    void aQueryIdAndADeadlineHoldTogether() {
        try (CallContext.Scope query = CallContext.withQueryId("q");
                CallContext.Scope deadline = CallContext.withDeadline(Duration.ofSeconds(1))) {
            assertThat(CallContext.queryId()).contains("q");
            assertThat(CallContext.deadlineNanos()).isPresent();
        }
    }

    @Test
    void aDeadlineMayBeEndless() {
        try (CallContext.Scope outer = CallContext.withDeadline(Duration.ofSeconds(Long.MAX_VALUE));
                CallContext.Scope inner = CallContext.withDeadline(Duration.ofSeconds(1))) {
            assertThat(CallContext.deadlineNanos().getAsLong() - System.nanoTime())
                    .isLessThan(Duration.ofSeconds(2).toNanos());
        }
    }

    @Test
    void isOfOneThread() throws InterruptedException {
        boolean[] seen = new boolean[1];
        try (CallContext.Scope scope = CallContext.withQueryId("q")) {
            Thread other = new Thread(() -> seen[0] = CallContext.queryId().isPresent());
            other.start();
            other.join();
        }
        assertThat(seen[0]).isFalse();
    }
}
