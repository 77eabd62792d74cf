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

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.flink.PaimonDataStreamSinkProvider;
import org.apache.paimon.flink.sink.FlinkSink;

/**
 * Paimon's write with its last step, which follows the committer, in a {@link MeteredSink}; in a batch job with a
 * {@link MeteredEnd} in its place.
 */
final class MeteredWrite implements DataStreamSinkProvider, LineageVertexProvider {

    private final PaimonDataStreamSinkProvider write;
    private final CatalogGauges gauges;

    MeteredWrite(PaimonDataStreamSinkProvider write, CatalogGauges gauges) {
        this.write = requireNonNull(write, "write is null");
        this.gauges = requireNonNull(gauges, "gauges is null");
    }

    @Override
    public DataStreamSink<?> consumeDataStream(ProviderContext context, DataStream<RowData> rows) {
        DataStreamSink<?> sink = write.consumeDataStream(context, rows);
        return sink.getTransformation() instanceof SinkTransformation<?, ?> end ? metered(end) : sink;
    }

    /** The step in the place of Paimon's, under its name; a streaming job's graph stays the same. */
    private <T> DataStreamSink<T> metered(SinkTransformation<T, ?> end) {
        DataStream<T> committed = end.getInputStream();
        DataStreamSink<T> sink = isBatch(committed) && isDiscarding(end)
                ? committed.addSink(new MeteredEnd<>(gauges))
                : DataStreamSink.forSink(
                        committed, new MeteredSink<>(end.getSink(), gauges), end.getSinkOperatorsUidHashes());
        sink.name(end.getName()).setParallelism(end.getParallelism());
        if (end.getUid() != null) {
            sink.uid(end.getUid());
        }
        return sink;
    }

    private static boolean isBatch(DataStream<?> rows) {
        return !FlinkSink.isStreaming(rows);
    }

    private static boolean isDiscarding(SinkTransformation<?, ?> end) {
        return end.getSink() instanceof DiscardingSink;
    }

    @Override
    public LineageVertex getLineageVertex() {
        return write.getLineageVertex();
    }
}
