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

import org.apache.flink.api.common.SupportsConcurrentExecutionAttempts;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.sink.legacy.RichSinkFunction;

/**
 * The end of Paimon's sink in a batch job, which shows the catalog's counts there and drops what was committed. A sink of
 * Flink's older interface, since one of the newer would not be in one task with a statement's {@code VALUES}.
 */
@SuppressWarnings("deprecation") // Flink has no newer interface for a sink that does not yield.
final class MeteredEnd<T> extends RichSinkFunction<T> implements SupportsConcurrentExecutionAttempts {

    private static final long serialVersionUID = 1L;

    private final CatalogGauges gauges;

    MeteredEnd(CatalogGauges gauges) {
        this.gauges = requireNonNull(gauges, "gauges is null");
    }

    @Override
    public void open(OpenContext context) {
        gauges.register(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void invoke(T committed, Context context) {}
}
