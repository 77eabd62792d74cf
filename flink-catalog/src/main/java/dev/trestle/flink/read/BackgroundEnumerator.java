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

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.MdcUtils;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.slf4j.MDC;

/**
 * Makes an enumerator that finds all its splits when it is made, as Paimon's do for a batch read, while the tasks that will
 * read them are being deployed. Flink makes enumerators in the main thread of the job's JobMaster, which asks for no slot and
 * answers nobody until the files of the table are planned. What readers ask meanwhile waits.
 *
 * <p>For batch jobs: it has no state before the splits are there. Used by the coordinator's thread, and closed by another one.
 */
public final class BackgroundEnumerator<S extends SourceSplit, C>
        implements SplitEnumerator<S, C>, SupportsHandleExecutionAttemptSourceEvent {

    private final SplitEnumeratorContext<S> context;
    private final Callable<SplitEnumerator<S, C>> maker;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final Optional<Map<String, String>> job = Optional.ofNullable(MDC.getCopyOfContextMap());
    private final List<Consumer<SplitEnumerator<S, C>>> waiting = new ArrayList<>();
    private volatile Optional<SplitEnumerator<S, C>> made = Optional.empty();
    private volatile boolean closed;

    /**
     * @param maker makes the enumerator, not started; called once, in another thread, with the class loader and the logging
     *     context of this one, which has the job's id
     */
    public BackgroundEnumerator(SplitEnumeratorContext<S> context, Callable<SplitEnumerator<S, C>> maker) {
        this.context = requireNonNull(context, "context is null");
        this.maker = requireNonNull(maker, "maker is null");
    }

    @Override
    public void start() {
        context.callAsync(this::make, this::start);
    }

    private SplitEnumerator<S, C> make() throws Exception {
        try (TemporaryClassLoaderContext ofJob = TemporaryClassLoaderContext.of(loader)) {
            return MdcUtils.wrapCallable(job.orElse(Map.of()), maker).call();
        }
    }

    /** @throws FlinkRuntimeException if it could not be made, which fails the job */
    private void start(SplitEnumerator<S, C> enumerator, Throwable failure) {
        if (failure != null) {
            throw new FlinkRuntimeException("What a table's read consists of could not be planned", failure);
        }
        made = Optional.of(enumerator);
        if (closed) {
            IOUtils.closeQuietly(enumerator);
            return;
        }
        enumerator.start();
        waiting.forEach(action -> action.accept(enumerator));
        waiting.clear();
    }

    private void whenMade(Consumer<SplitEnumerator<S, C>> action) {
        made.ifPresentOrElse(action, () -> waiting.add(action));
    }

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
        whenMade(enumerator -> enumerator.handleSplitRequest(subtask, hostname));
    }

    @Override
    public void addSplitsBack(List<S> splits, int subtask) {
        whenMade(enumerator -> enumerator.addSplitsBack(splits, subtask));
    }

    @Override
    public void addReader(int subtask) {
        whenMade(enumerator -> enumerator.addReader(subtask));
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        whenMade(enumerator -> enumerator.handleSourceEvent(subtask, event));
    }

    @Override
    public void handleSourceEvent(int subtask, int attempt, SourceEvent event) {
        whenMade(enumerator -> {
            if (enumerator instanceof SupportsHandleExecutionAttemptSourceEvent attempts) {
                attempts.handleSourceEvent(subtask, attempt, event);
            } else {
                enumerator.handleSourceEvent(subtask, event);
            }
        });
    }

    /** @throws IllegalStateException if the splits are not there yet; a batch job takes no checkpoints */
    @Override
    public C snapshotState(long checkpoint) throws Exception {
        return made.orElseThrow(() -> new IllegalStateException("The read is not planned yet"))
                .snapshotState(checkpoint);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        if (made.isPresent()) {
            made.get().notifyCheckpointComplete(checkpoint);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (made.isPresent()) {
            made.get().close();
        }
    }
}
