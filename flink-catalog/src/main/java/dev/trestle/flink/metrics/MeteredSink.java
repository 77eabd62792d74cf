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

import java.io.IOException;
import org.apache.flink.api.common.SupportsConcurrentExecutionAttempts;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * The end of Paimon's sink, behind its committer and in the same task, which shows the catalog's counts there. It gets what
 * was committed, not rows.
 */
final class MeteredSink<T> implements Sink<T>, SupportsConcurrentExecutionAttempts {

    private static final long serialVersionUID = 1L;

    private final Sink<T> sink;
    private final CatalogGauges gauges;

    MeteredSink(Sink<T> sink, CatalogGauges gauges) {
        this.sink = requireNonNull(sink, "sink is null");
        this.gauges = requireNonNull(gauges, "gauges is null");
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        gauges.register(context.metricGroup());
        return sink.createWriter(context);
    }
}
