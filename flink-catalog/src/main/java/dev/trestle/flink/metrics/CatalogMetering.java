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

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink.SinkRuntimeProvider;
import org.apache.flink.table.connector.source.ScanTableSource.ScanRuntimeProvider;
import org.apache.flink.table.factories.DynamicTableFactory.Context;
import org.apache.paimon.flink.PaimonDataStreamScanProvider;
import org.apache.paimon.flink.PaimonDataStreamSinkProvider;
import org.apache.paimon.table.Table;

/** Lets Paimon's scans and writes of a table show the catalog's counts among Flink's metrics. */
public final class CatalogMetering {

    private CatalogMetering() {}

    /**
     * The scan with gauges; the same scan where it does not speak to the service, or is no scan of files.
     *
     * @param context of the statement: a batch job plans its files in the background
     */
    public static ScanRuntimeProvider scan(ScanRuntimeProvider provider, Table table, Context context) {
        boolean batch = context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        return provider instanceof PaimonDataStreamScanProvider scan
                ? CatalogGauges.of(table)
                        .<ScanRuntimeProvider>map(gauges -> new MeteredScan(scan, gauges, batch))
                        .orElse(provider)
                : provider;
    }

    /** The write with gauges; the same write where it does not speak to the service. */
    public static SinkRuntimeProvider write(SinkRuntimeProvider provider, Table table) {
        return provider instanceof PaimonDataStreamSinkProvider write
                ? CatalogGauges.of(table)
                        .<SinkRuntimeProvider>map(gauges -> new MeteredWrite(write, gauges))
                        .orElse(provider)
                : provider;
    }
}
