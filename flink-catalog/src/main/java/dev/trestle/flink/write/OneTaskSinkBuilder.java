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
package dev.trestle.flink.write;

import dev.trestle.catalog.table.WrittenBuckets;
import java.util.Optional;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.flink.FlinkConnectorOptions;
import org.apache.paimon.flink.sink.AdaptiveParallelism;
import org.apache.paimon.flink.sink.FixedBucketSink;
import org.apache.paimon.flink.sink.FlinkSink;
import org.apache.paimon.flink.sink.FlinkSinkBuilder;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/**
 * Paimon's sink, in which a batch job's only writer is in one task with what comes before it. Paimon sends each row to the
 * writer of its bucket; in a batch job that is an exchange which the writer starts after, a good tenth of a second later. A
 * table of fixed buckets needs none where there is one task before and one writer.
 *
 * <p>A streaming job's graph stays Paimon's, since savepoints are bound to it.
 */
public final class OneTaskSinkBuilder extends FlinkSinkBuilder {

    private static final int ONE = 1;

    public OneTaskSinkBuilder(Table table) {
        super(WrittenBuckets.of((FileStoreTable) table));
    }

    @Override
    protected DataStreamSink<?> buildForFixedBucket(DataStream<InternalRow> rows) {
        return FlinkSink.isStreaming(rows) || !isOneTask(rows) || !isOneWriter()
                ? super.buildForFixedBucket(rows)
                : new FixedBucketSink(table, overwritePartition).sinkFrom(rows);
    }

    /** The writers that are asked for; as many as tasks before them, where nothing is. */
    private boolean isOneWriter() {
        Optional<Integer> writers =
                Options.fromMap(table.options()).getOptional(FlinkConnectorOptions.SINK_PARALLELISM);
        return writers.isEmpty() || writers.get() == ONE;
    }

    /** Where Flink chooses the parallelism when the job runs, it must have no other choice. */
    private static boolean isOneTask(DataStream<?> rows) {
        Transformation<?> before = rows.getTransformation();
        StreamExecutionEnvironment environment = rows.getExecutionEnvironment();
        boolean isChosenLater =
                !before.isParallelismConfigured() && AdaptiveParallelism.isEnabled(environment.getConfiguration());
        return before.getParallelism() == ONE
                && (!isChosenLater
                        || AdaptiveParallelism.getDefaultMaxParallelism(
                                        environment.getConfiguration(), environment.getConfig())
                                == ONE);
    }
}
