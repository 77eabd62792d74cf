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
package dev.trestle.flink.metrics;

import static java.util.Objects.requireNonNull;

import dev.trestle.flink.read.BackgroundEnumerator;
import java.util.Set;
import org.apache.flink.api.common.watermark.WatermarkDeclaration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that shows the catalog's counts where its readers and its enumerator run. Readers, enumerators, splits and states
 * are the source's own: rows take no step more, and a savepoint fits with and without. In a batch job its enumerator is made
 * in the background.
 */
final class MeteredSource<T, S extends SourceSplit, C> implements Source<T, S, C> {

    private static final long serialVersionUID = 1L;

    private final Source<T, S, C> source;
    private final CatalogGauges gauges;
    private final boolean batch;

    MeteredSource(Source<T, S, C> source, CatalogGauges gauges, boolean batch) {
        this.source = requireNonNull(source, "source is null");
        this.gauges = requireNonNull(gauges, "gauges is null");
        this.batch = batch;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
        gauges.register(context.metricGroup());
        return source.createReader(context);
    }

    @Override
    public SplitEnumerator<S, C> createEnumerator(SplitEnumeratorContext<S> context) throws Exception {
        gauges.register(context.metricGroup());
        return batch
                ? new BackgroundEnumerator<>(context, () -> source.createEnumerator(context))
                : source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<S, C> restoreEnumerator(SplitEnumeratorContext<S> context, C checkpoint) throws Exception {
        gauges.register(context.metricGroup());
        return source.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<S> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<C> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public Set<? extends WatermarkDeclaration> declareWatermarks() {
        return source.declareWatermarks();
    }
}
