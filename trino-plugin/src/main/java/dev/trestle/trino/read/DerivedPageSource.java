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
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Pages made of those of another source, each of one; what is told of the reading is told of the other's. */
public abstract class DerivedPageSource implements ConnectorPageSource {

    private final ConnectorPageSource source;

    protected DerivedPageSource(ConnectorPageSource source) {
        this.source = requireNonNull(source, "source is null");
    }

    /** The page that is given out for one that was read. */
    protected abstract SourcePage derive(SourcePage page);

    @Override
    public final SourcePage getNextSourcePage() {
        SourcePage page = source.getNextSourcePage();
        return page == null ? null : derive(page);
    }

    @Override
    public final long getCompletedBytes() {
        return source.getCompletedBytes();
    }

    @Override
    public final OptionalLong getCompletedPositions() {
        return source.getCompletedPositions();
    }

    @Override
    public final long getReadTimeNanos() {
        return source.getReadTimeNanos();
    }

    @Override
    public final boolean isFinished() {
        return source.isFinished();
    }

    @Override
    public final CompletableFuture<?> isBlocked() {
        return source.isBlocked();
    }

    @Override
    public final Metrics getMetrics() {
        return source.getMetrics();
    }

    @Override
    public final void close() throws IOException {
        source.close();
    }
}
