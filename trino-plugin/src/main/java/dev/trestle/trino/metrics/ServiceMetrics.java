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
package dev.trestle.trino.metrics;

import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.catalog.CatalogMetrics.Operation;
import dev.trestle.catalog.CatalogMetrics.Snapshot;
import dev.trestle.trino.SessionCatalogs;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.weakref.jmx.Managed;

/**
 * What the clients of the catalog have done on this node, as attributes of an MBean. With a client a user, those that were
 * dropped since count no more.
 */
public final class ServiceMetrics {

    private static final String[] COLUMNS = {"operation", "calls", "errors", "retries", "meanTimeMs", "longestTimeMs"};

    private final SessionCatalogs catalogs;

    @Inject
    public ServiceMetrics(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    @Managed(description = "Calls to the service")
    public long getCalls() {
        return sum(snapshot -> snapshot.total().calls());
    }

    @Managed(description = "Calls without an answer, or with one that is an error")
    public long getErrors() {
        return sum(snapshot -> snapshot.total().errors());
    }

    @Managed(description = "Attempts beyond each call's first")
    public long getRetries() {
        return sum(snapshot -> snapshot.total().retries());
    }

    @Managed(description = "Attempts to load a token with which calls are authenticated")
    public long getAuthTokenLoads() {
        return sum(Snapshot::authTokenLoads);
    }

    @Managed(description = "Those of them that gave none")
    public long getAuthTokenErrors() {
        return sum(Snapshot::authTokenErrors);
    }

    @Managed(description = "How often the service gave credentials for a table's files")
    public long getVendedTokenLoads() {
        return sum(Snapshot::vendedTokenLoads);
    }

    @Managed(description = "How often a database or a table was known already")
    public long getCacheHits() {
        return sum(Snapshot::cacheHits);
    }

    @Managed(description = "How often the service was asked for one")
    public long getCacheMisses() {
        return sum(Snapshot::cacheMisses);
    }

    @Managed(description = "Clients that are in use: one, or one a user")
    public int getClients() {
        return catalogs.metrics().size();
    }

    /** A row an operation, such as {@code getTable}. */
    @Managed(description = "Calls, errors, retries and times of each operation")
    public TabularData getOperations() throws OpenDataException {
        OpenType<?>[] types = {
            SimpleType.STRING, SimpleType.LONG, SimpleType.LONG, SimpleType.LONG, SimpleType.LONG, SimpleType.LONG
        };
        CompositeType row = new CompositeType("Operation", "Calls of one operation", COLUMNS, COLUMNS, types);
        TabularDataSupport rows = new TabularDataSupport(
                new TabularType("Operations", "Calls by operation", row, new String[] {"operation"}));
        for (Map.Entry<String, Operation> operation : operations().entrySet()) {
            Operation counts = operation.getValue();
            rows.put(new CompositeDataSupport(row, COLUMNS, new Object[] {
                operation.getKey(),
                counts.calls(),
                counts.errors(),
                counts.retries(),
                counts.meanTime().toMillis(),
                counts.longestTime().toMillis()
            }));
        }
        return rows;
    }

    private Map<String, Operation> operations() {
        Map<String, Operation> operations = new TreeMap<>();
        catalogs.metrics()
                .forEach(snapshot -> snapshot.operations()
                        .forEach((name, counts) -> operations.merge(name, counts, Operation::plus)));
        return operations;
    }

    private long sum(ToLongFunction<Snapshot> count) {
        return catalogs.metrics().stream().mapToLong(count).sum();
    }
}
