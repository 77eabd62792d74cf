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
package dev.trestle.catalog.queryauth;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.metrics.MetricRegistry;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.TopN;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.source.InnerTableRead;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.TableRead;
import org.apache.paimon.types.RowType;

/**
 * Reads splits as their permission allows. A split without one is refused: it was planned past the permission. The limit
 * and the best rows that are asked for are left to the engine, which sees the filtered rows; they are hints only.
 */
final class AuthorizedRead implements InnerTableRead {

    private final Supplier<InnerTableRead> reads;
    private final QueryAuth auth;
    private final RowType columns;

    private Optional<RowType> wanted = Optional.empty();
    private Optional<Predicate> predicate = Optional.empty();
    private Optional<IOManager> ioManager = Optional.empty();
    private Optional<MetricRegistry> metrics = Optional.empty();
    private boolean keepDelete;
    private boolean executeFilter;
    private Optional<Opened> opened = Optional.empty();

    private record Opened(ReadPermission permission, InnerTableRead read, Optional<BoundRules> rules) {}

    /**
     * @param reads makes reads that know of no permission
     * @param columns all columns of the table in the state that is read
     */
    AuthorizedRead(Supplier<InnerTableRead> reads, QueryAuth auth, RowType columns) {
        this.reads = reads;
        this.auth = auth;
        this.columns = columns;
    }

    @Override
    public InnerTableRead withFilter(Predicate filter) {
        predicate = Optional.ofNullable(filter);
        opened = Optional.empty();
        return this;
    }

    @Override
    public InnerTableRead withReadType(RowType type) {
        wanted = Optional.ofNullable(type);
        opened = Optional.empty();
        return this;
    }

    @Override
    @Deprecated
    public InnerTableRead withProjection(int[] projection) {
        return projection == null ? this : withReadType(columns.project(projection));
    }

    @Override
    public InnerTableRead withTopN(TopN topN) {
        return this;
    }

    @Override
    public InnerTableRead withLimit(int limit) {
        return this;
    }

    @Override
    public InnerTableRead forceKeepDelete() {
        keepDelete = true;
        opened = Optional.empty();
        return this;
    }

    @Override
    public TableRead executeFilter() {
        executeFilter = true;
        opened = Optional.empty();
        return this;
    }

    @Override
    public InnerTableRead withMetricRegistry(MetricRegistry registry) {
        metrics = Optional.ofNullable(registry);
        opened = Optional.empty();
        return this;
    }

    @Override
    public TableRead withIOManager(IOManager manager) {
        ioManager = Optional.ofNullable(manager);
        opened = Optional.empty();
        return this;
    }

    @Override
    public RecordReader<InternalRow> createReader(Split split) throws IOException {
        if (!(split instanceof AuthorizedSplit authorized)) {
            throw new QueryAuthException(
                    "A split of table '" + auth.table() + "' was planned without asking what may be"
                            + " read of it. Plan it by the table's own newScan() or newStreamScan().");
        }
        Opened reading = opened.filter(known -> known.permission().equals(authorized.permission()))
                .orElseGet(() -> open(authorized.permission()));
        opened = Optional.of(reading);
        RecordReader<InternalRow> rows = reading.read().createReader(authorized.unrestricted());
        return reading.rules().isPresent() ? reading.rules().get().apply(rows) : rows;
    }

    private Opened open(ReadPermission permission) {
        InnerTableRead read = reads.get();
        Optional<BoundRules> bound = Optional.empty();
        if (permission instanceof ReadPermission.Restricted restricted) {
            Rules rules = new Rules(restricted, auth, columns);
            BoundRules rows =
                    new BoundRules(rules, wanted.orElse(columns), executeFilter ? predicate : Optional.empty());
            predicate.flatMap(rules::harmless).ifPresent(read::withFilter);
            read.withReadType(rows.read());
            bound = Optional.of(rows);
        } else {
            predicate.ifPresent(read::withFilter);
            wanted.ifPresent(read::withReadType);
            if (executeFilter) {
                read.executeFilter();
            }
        }
        if (keepDelete) {
            read.forceKeepDelete();
        }
        metrics.ifPresent(read::withMetricRegistry);
        ioManager.ifPresent(read::withIOManager);
        return new Opened(permission, read, bound);
    }
}
