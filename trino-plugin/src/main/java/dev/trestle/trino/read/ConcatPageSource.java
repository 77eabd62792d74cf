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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Page sources one after the other, each opened when the one before it has ended. */
final class ConcatPageSource implements ConnectorPageSource {

    private final Iterator<Supplier<ConnectorPageSource>> next;

    private ConnectorPageSource current;
    private long bytesBefore;
    private long nanosBefore;
    private long positionsBefore;
    private Metrics metricsBefore = Metrics.EMPTY;

    ConcatPageSource(List<Supplier<ConnectorPageSource>> sources) {
        this.next = List.copyOf(requireNonNull(sources, "sources is null")).iterator();
    }

    @Override
    public SourcePage getNextSourcePage() {
        if (current == null) {
            if (!next.hasNext()) {
                return null;
            }
            current = next.next().get();
        }
        SourcePage page = current.getNextSourcePage();
        if (page == null && current.isFinished()) {
            finishCurrent();
        }
        return page;
    }

    private void finishCurrent() {
        bytesBefore += current.getCompletedBytes();
        nanosBefore += current.getReadTimeNanos();
        positionsBefore += current.getCompletedPositions().orElse(0);
        metricsBefore = metricsBefore.mergeWith(current.getMetrics());
        try {
            current.close();
        } catch (IOException e) {
            throw ReadErrors.translate(e);
        }
        current = null;
    }

    @Override
    public boolean isFinished() {
        return current == null && !next.hasNext();
    }

    @Override
    public long getCompletedBytes() {
        return bytesBefore + (current == null ? 0 : current.getCompletedBytes());
    }

    @Override
    public OptionalLong getCompletedPositions() {
        return OptionalLong.of(positionsBefore
                + (current == null ? 0 : current.getCompletedPositions().orElse(0)));
    }

    @Override
    public long getReadTimeNanos() {
        return nanosBefore + (current == null ? 0 : current.getReadTimeNanos());
    }

    @Override
    public Metrics getMetrics() {
        return current == null ? metricsBefore : metricsBefore.mergeWith(current.getMetrics());
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
