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
package dev.trestle.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.flink.gateway.FetchedResult.EndOfStream;
import dev.trestle.flink.gateway.FetchedResult.NotReady;
import dev.trestle.flink.gateway.FetchedResult.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultCursorTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakePollClock clock = new FakePollClock();
    private final Deque<FetchedResult> script = new ArrayDeque<>();
    private final List<Long> asked = new ArrayList<>();
    private final ResultCursor cursor = new ResultCursor("operation o", this::fetch, clock);

    private FetchedResult fetch(long token, RowFormat format) {
        asked.add(token);
        return script.size() > 1 ? script.remove() : script.element();
    }

    @Test
    void asksForTheSameTokenWhileTheResultIsNotReady() {
        script.addAll(List.of(new NotReady(), new NotReady(), new EndOfStream(page(1))));

        assertThat(cursor.next(MINUTE)).contains(page(1));

        assertThat(asked).containsExactly(0L, 0L, 0L);
        assertThat(cursor.isFinished()).isTrue();
    }

    @Test
    void passesOverEmptyPagesAndNeverAsksForATokenBeforeTheNewest() {
        script.addAll(List.of(
                new Payload(page(), 1),
                new NotReady(),
                new Payload(page(1), 2),
                new Payload(page(), 3),
                new EndOfStream(page())));

        StatementResult result = cursor.readAll(MINUTE);

        assertThat(result.rows()).hasSize(1);
        assertThat(asked).containsExactly(0L, 1L, 1L, 2L, 3L);
    }

    @Test
    void pausesLongerWhileNothingArrivesUpToASecond() {
        script.add(new NotReady());

        assertThatThrownBy(() -> cursor.next(Duration.ofSeconds(4))).isInstanceOf(GatewayTimeoutException.class);

        List<Duration> pauses = clock.pauses();
        assertThat(pauses.get(0)).isEqualTo(Duration.ofMillis(10));
        assertThat(pauses.subList(0, pauses.size() - 1)).isSorted().allMatch(pause -> pause.toMillis() <= 1000);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(4));
        assertThat(pauses).as("questions in four seconds").hasSizeLessThan(50);
    }

    @Test
    void startsWithShortPausesAgainAfterRows() {
        script.addAll(Collections.nCopies(40, new NotReady()));
        script.addAll(List.of(new Payload(page(1), 1), new NotReady(), new EndOfStream(page())));

        cursor.readAll(MINUTE);

        List<Duration> pauses = clock.pauses();
        assertThat(pauses).hasSize(41);
        assertThat(pauses.get(39)).isGreaterThan(Duration.ofMillis(50));
        assertThat(pauses.get(40)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void goesOnAfterATimeOut() {
        script.addAll(List.of(new Payload(page(), 1), new NotReady()));
        assertThatThrownBy(() -> cursor.next(Duration.ofMillis(50)))
                .isInstanceOf(GatewayTimeoutException.class)
                .hasMessageContaining("operation o");
        script.clear();
        script.add(new Payload(page(7), 2));

        assertThat(cursor.next(MINUTE)).contains(page(7));

        assertThat(asked.get(asked.size() - 1)).isEqualTo(1L);
    }

    @Test
    void fetchesNothingAfterTheLastPage() {
        script.add(new EndOfStream(page(1)));
        assertThat(cursor.next(MINUTE)).isPresent();

        assertThat(cursor.next(MINUTE)).isEmpty();

        assertThat(asked).hasSize(1);
    }

    @Test
    void oneTimeoutCoversAllPages() {
        long[] next = {0};
        ResultCursor endless = new ResultCursor(
                "operation o",
                (token, format) -> {
                    clock.sleep(Duration.ofSeconds(10));
                    return new Payload(page(1), ++next[0]);
                },
                clock);

        assertThatThrownBy(() -> endless.readAll(MINUTE)).isInstanceOf(GatewayTimeoutException.class);
    }

    private static ResultPage page(int... values) {
        List<Row> rows = new ArrayList<>();
        for (int value : values) {
            rows.add(new Row(RowKind.INSERT, List.of(value)));
        }
        return new ResultPage(List.of(), rows, Optional.empty(), ResultKind.QUERY);
    }
}
