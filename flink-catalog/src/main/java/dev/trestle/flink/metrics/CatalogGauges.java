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

import dev.trestle.catalog.CatalogMetrics;
import dev.trestle.catalog.CatalogMetrics.Operation;
import dev.trestle.catalog.CatalogMetrics.Snapshot;
import dev.trestle.catalog.RestCatalog;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counts of a table's catalog as gauges of a metric group. The counts are those of the process's one client for the
 * catalog, whichever of its operators asks.
 */
final class CatalogGauges implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CatalogGauges.class);

    /** The group below an operator's own. */
    static final String GROUP = "trestle";

    /** What jobs call; a gauge cannot be added when an operation is called for the first time. */
    static final List<String> OPERATIONS = List.of(
            "authorizeQueryOf", "commitSnapshot", "getDataTokenOf", "getLatestSnapshotOf", "getTable", "requestToken");

    private final CatalogLoader loader;

    private CatalogGauges(CatalogLoader loader) {
        this.loader = requireNonNull(loader, "loader is null");
    }

    /** The gauges for a table; empty where its source and sink do not speak to the service. */
    static Optional<CatalogGauges> of(Table table) {
        return table instanceof FileStoreTable stored
                ? Optional.ofNullable(stored.catalogEnvironment().catalogLoader())
                        .map(CatalogGauges::new)
                : Optional.empty();
    }

    /** Adds the gauges; sends nothing. Metrics are no reason for a job to fail. */
    void register(MetricGroup operator) {
        if (operator == null) {
            return;
        }
        try (Catalog catalog = loader.load()) {
            if (catalog instanceof RestCatalog rest) {
                register(operator, rest.metrics());
            }
        } catch (Exception e) {
            LOG.warn("The catalog's metrics are not shown: {}", e.toString());
        }
    }

    private static void register(MetricGroup operator, CatalogMetrics metrics) {
        MetricGroup group = operator.addGroup(GROUP);
        ofOperation(group, metrics, Snapshot::total);
        gauge(group, "authTokenLoads", metrics, Snapshot::authTokenLoads);
        gauge(group, "authTokenErrors", metrics, Snapshot::authTokenErrors);
        gauge(group, "vendedTokenLoads", metrics, Snapshot::vendedTokenLoads);
        gauge(group, "cacheHits", metrics, Snapshot::cacheHits);
        gauge(group, "cacheMisses", metrics, Snapshot::cacheMisses);
        for (String operation : OPERATIONS) {
            ofOperation(group.addGroup("operation", operation), metrics, snapshot -> snapshot.operation(operation));
        }
    }

    private static void ofOperation(MetricGroup group, CatalogMetrics metrics, OperationOf of) {
        gauge(group, "calls", metrics, snapshot -> of.in(snapshot).calls());
        gauge(group, "errors", metrics, snapshot -> of.in(snapshot).errors());
        gauge(group, "retries", metrics, snapshot -> of.in(snapshot).retries());
        gauge(group, "meanTimeMs", metrics, snapshot -> of.in(snapshot)
                .meanTime()
                .toMillis());
        gauge(group, "longestTimeMs", metrics, snapshot -> of.in(snapshot)
                .longestTime()
                .toMillis());
    }

    private static void gauge(MetricGroup group, String name, CatalogMetrics metrics, ToLongFunction<Snapshot> value) {
        group.gauge(name, (Gauge<Long>) () -> value.applyAsLong(metrics.snapshot()));
    }

    /** Picks what belongs to an operation. */
    @FunctionalInterface
    private interface OperationOf {
        Operation in(Snapshot snapshot);
    }
}
