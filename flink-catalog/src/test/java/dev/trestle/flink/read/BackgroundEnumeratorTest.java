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
package dev.trestle.flink.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.MdcUtils;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class BackgroundEnumeratorTest {

    /** What was asked to be done in the background, and is done when the test says so. */
    private final Queue<Runnable> background = new ArrayDeque<>();

    private final List<String> asked = new ArrayList<>();

    @Test
    void whatIsAskedBeforeTheSplitsAreThereIsAnsweredInItsOrderThen() throws Exception {
        var enumerator = new BackgroundEnumerator<>(context(), Recording::new);

        enumerator.start();
        enumerator.addReader(1);
        enumerator.addSplitsBack(List.of(), 1);
        enumerator.handleSourceEvent(1, 0, new SourceEvent() {});
        enumerator.handleSplitRequest(1, "host");
        assertThat(asked).isEmpty();

        background.remove().run();
        assertThat(asked).containsExactly("made", "started", "reader 1", "back from 1", "event of 1", "splits for 1");

        enumerator.addSplitsBack(List.of(), 1);
        enumerator.close();
        assertThat(asked).endsWith("splits for 1", "back from 1", "closed");
    }

    @Test
    void oneThatIsMadeAfterTheEndIsClosed() throws Exception {
        var enumerator = new BackgroundEnumerator<>(context(), Recording::new);
        enumerator.start();
        enumerator.handleSplitRequest(1, "host");

        enumerator.close();
        background.remove().run();

        assertThat(asked).containsExactly("made", "closed");
    }

    @Test
    void aFailureIsThrownWhereFlinkFailsTheJobByIt() {
        IllegalStateException failure = new IllegalStateException("no such manifest");
        BackgroundEnumerator<SourceSplit, Void> enumerator = new BackgroundEnumerator<>(context(), () -> {
            throw failure;
        });

        enumerator.start();

        assertThatThrownBy(() -> background.remove().run())
                .isInstanceOf(FlinkRuntimeException.class)
                .hasCause(failure);
    }

    @Test
    void thereIsNoStateBeforeTheSplitsAreThere() throws Exception {
        var enumerator = new BackgroundEnumerator<>(context(), Recording::new);
        enumerator.start();

        assertThatThrownBy(() -> enumerator.snapshotState(1)).isInstanceOf(IllegalStateException.class);

        background.remove().run();
        assertThat(enumerator.snapshotState(1)).isEqualTo("state");
    }

    @Test
    void itIsMadeWithTheClassLoaderAndTheLoggingContextOfTheJob() {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        ClassLoader ofJob = new ClassLoader(own) {};
        List<Object> used = new ArrayList<>();
        BackgroundEnumerator<SourceSplit, String> enumerator;
        Thread.currentThread().setContextClassLoader(ofJob);
        try (var unused = MDC.putCloseable(MdcUtils.JOB_ID, "job 1")) {
            enumerator = new BackgroundEnumerator<>(context(), () -> {
                used.add(Thread.currentThread().getContextClassLoader());
                used.add(MDC.get(MdcUtils.JOB_ID));
                return new Recording();
            });
        } finally {
            Thread.currentThread().setContextClassLoader(own);
        }

        enumerator.start();
        background.remove().run();

        assertThat(used).containsExactly(ofJob, "job 1");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
        assertThat(MDC.get(MdcUtils.JOB_ID)).isNull();
    }

    /** Of which only the calls in the background are used. */
    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<SourceSplit> context() {
        return (SplitEnumeratorContext<SourceSplit>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SplitEnumeratorContext.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("callAsync");
                    background.add(
                            () -> call((Callable<Object>) arguments[0], (BiConsumer<Object, Throwable>) arguments[1]));
                    return null;
                });
    }

    private static void call(Callable<Object> callable, BiConsumer<Object, Throwable> handler) {
        Object result;
        try {
            result = callable.call();
        } catch (Exception e) {
            handler.accept(null, e);
            return;
        }
        handler.accept(result, null);
    }

    private final class Recording implements SplitEnumerator<SourceSplit, String> {

        private Recording() {
            asked.add("made");
        }

        @Override
        public void start() {
            asked.add("started");
        }

        @Override
        public void handleSplitRequest(int subtask, String hostname) {
            asked.add("splits for " + subtask);
        }

        @Override
        public void addSplitsBack(List<SourceSplit> splits, int subtask) {
            asked.add("back from " + subtask);
        }

        @Override
        public void addReader(int subtask) {
            asked.add("reader " + subtask);
        }

        @Override
        public void handleSourceEvent(int subtask, SourceEvent event) {
            asked.add("event of " + subtask);
        }

        @Override
        public String snapshotState(long checkpoint) {
            return "state";
        }

        @Override
        public void close() {
            asked.add("closed");
        }
    }
}
