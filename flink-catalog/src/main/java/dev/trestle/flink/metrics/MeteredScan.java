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

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.flink.PaimonDataStreamScanProvider;

/** Paimon's scan with its source in a {@link MeteredSource}. */
final class MeteredScan implements DataStreamScanProvider, LineageVertexProvider {

    private final PaimonDataStreamScanProvider scan;
    private final CatalogGauges gauges;
    private final boolean batch;

    MeteredScan(PaimonDataStreamScanProvider scan, CatalogGauges gauges, boolean batch) {
        this.scan = requireNonNull(scan, "scan is null");
        this.gauges = requireNonNull(gauges, "gauges is null");
        this.batch = batch;
    }

    @Override
    public DataStream<RowData> produceDataStream(ProviderContext context, StreamExecutionEnvironment environment) {
        DataStream<RowData> stream = scan.produceDataStream(context, environment);
        // A scan with more steps than its source, such as one with a consumer, stays as it is.
        return stream.getTransformation() instanceof SourceTransformation<RowData, ?, ?> source
                ? new DataStream<>(environment, metered(source))
                : stream;
    }

    private <S extends SourceSplit, C> Transformation<RowData> metered(SourceTransformation<RowData, S, C> source) {
        SourceTransformation<RowData, S, C> metered = new SourceTransformation<>(
                source.getName(),
                new MeteredSource<>(source.getSource(), gauges, batch),
                source.getWatermarkStrategy(),
                source.getOutputType(),
                source.getParallelism(),
                source.isParallelismConfigured());
        metered.setChainingStrategy(source.getChainingStrategy());
        if (source.getMaxParallelism() > 0) {
            metered.setMaxParallelism(source.getMaxParallelism());
        }
        if (source.getUid() != null) {
            metered.setUid(source.getUid());
        }
        return metered;
    }

    @Override
    public boolean isBounded() {
        return scan.isBounded();
    }

    @Override
    public LineageVertex getLineageVertex() {
        return scan.getLineageVertex();
    }
}
