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

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.globalindex.GlobalIndexResult;
import org.apache.paimon.manifest.PartitionEntry;
import org.apache.paimon.metrics.MetricRegistry;
import org.apache.paimon.partition.PartitionPredicate;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.predicate.TopN;
import org.apache.paimon.table.source.DataTableScan;
import org.apache.paimon.table.source.InnerTableScan;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.Filter;
import org.apache.paimon.utils.Range;
import org.apache.paimon.utils.RowRangeIndex;

/**
 * Plans splits that carry the permission to read them. What the query looks for is kept until the permission is known:
 * of a restricted table no limit and no best rows are planned for, which would be counted before the filter, and no
 * predicate on a masked column, which would be tested on its true values.
 */
class AuthorizedScan implements DataTableScan {

    private final DataTableScan scan;
    private final QueryAuth auth;
    private final RowType columns;
    private final List<String> partitionKeys;

    private final List<Predicate> predicates = new ArrayList<>();
    private Optional<RowType> wanted = Optional.empty();
    private OptionalInt limit = OptionalInt.empty();
    private Optional<TopN> topN = Optional.empty();
    private boolean choosesPartitions;

    /** The columns by whose true values the plan leaves files out; unknown until the first plan. */
    private Optional<Set<String>> prunedBy = Optional.empty();

    AuthorizedScan(DataTableScan scan, QueryAuth auth, RowType columns, List<String> partitionKeys) {
        this.scan = requireNonNull(scan, "scan is null");
        this.auth = requireNonNull(auth, "auth is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.partitionKeys = List.copyOf(partitionKeys);
    }

    @Override
    public Plan plan() {
        ReadPermission permission = auth.permission(needed());
        if (permission instanceof ReadPermission.Restricted restricted) {
            restrict(new Rules(restricted, auth, columns));
        } else if (prunedBy.isEmpty()) {
            limit.ifPresent(scan::withLimit);
            topN.ifPresent(scan::withTopN);
            prune(predicates);
            wanted.ifPresent(scan::withReadType);
        }
        return AuthorizedSplit.of(scan.plan(), permission);
    }

    /** The columns to ask for: those that choose rows too, since a mask may be answered for asked columns only. */
    private Optional<List<String>> needed() {
        return wanted.map(type -> {
            Set<String> names = new LinkedHashSet<>(type.getFieldNames());
            predicates.forEach(predicate -> names.addAll(PredicateVisitor.collectFieldNames(predicate)));
            if (choosesPartitions) {
                names.addAll(partitionKeys);
            }
            return List.copyOf(names);
        });
    }

    private void restrict(Rules rules) {
        if (prunedBy.isEmpty()) {
            scan.dropStats();
            wanted.ifPresent(type -> scan.withReadType(new BoundRules(rules, type, sought()).read()));
            prune(predicates.stream()
                    .flatMap(each -> rules.harmless(each).stream())
                    .toList());
        }
        Set<String> told = new HashSet<>(prunedBy.orElseThrow());
        if (choosesPartitions) {
            told.addAll(partitionKeys);
        }
        told.retainAll(rules.masked());
        if (!told.isEmpty()) {
            throw new QueryAuthException("Table '" + rules.table() + "' cannot be read like this: the service masks "
                    + told + ", and the query chooses partitions or files by the true values. Choose by a WHERE"
                    + " clause in a new query, which tests the masked values.");
        }
    }

    private Optional<Predicate> sought() {
        return predicates.isEmpty() ? Optional.empty() : Optional.of(PredicateBuilder.and(predicates));
    }

    private void prune(List<Predicate> harmless) {
        harmless.forEach(scan::withFilter);
        prunedBy = Optional.of(harmless.stream()
                .flatMap(each -> PredicateVisitor.collectFieldNames(each).stream())
                .collect(Collectors.toSet()));
    }

    /** @throws QueryAuthException if the partitions would tell of hidden rows or masked values */
    @Override
    public List<PartitionEntry> listPartitionEntries() {
        if (auth.permission(Optional.empty()) instanceof ReadPermission.Restricted restricted) {
            requirePartitionsShown(new Rules(restricted, auth, columns), partitionKeys);
        }
        predicates.forEach(scan::withFilter);
        return scan.listPartitionEntries();
    }

    static void requirePartitionsShown(Rules rules, List<String> partitionKeys) {
        if (!rules.filters().isEmpty() || partitionKeys.stream().anyMatch(rules.masked()::contains)) {
            throw new QueryAuthException("The partitions of table '" + rules.table() + "' cannot be listed: the service"
                    + " restricts which rows, or which values of the partition columns, may be read. Use SELECT"
                    + " DISTINCT on the partition columns.");
        }
    }

    @Override
    public InnerTableScan withFilter(Predicate predicate) {
        if (predicate != null) {
            predicates.add(predicate);
        }
        return this;
    }

    @Override
    public InnerTableScan withReadType(RowType type) {
        wanted = Optional.ofNullable(type);
        return this;
    }

    @Override
    public InnerTableScan withLimit(int rows) {
        limit = OptionalInt.of(rows);
        return this;
    }

    @Override
    public InnerTableScan withTopN(TopN best) {
        topN = Optional.ofNullable(best);
        return this;
    }

    @Override
    public InnerTableScan withPartitionFilter(Map<String, String> spec) {
        choosesPartitions |= spec != null;
        scan.withPartitionFilter(spec);
        return this;
    }

    @Override
    public InnerTableScan withPartitionsFilter(List<Map<String, String>> partitions) {
        choosesPartitions |= partitions != null;
        scan.withPartitionsFilter(partitions);
        return this;
    }

    @Override
    public InnerTableScan withPartitionFilter(List<BinaryRow> partitions) {
        choosesPartitions |= partitions != null;
        scan.withPartitionFilter(partitions);
        return this;
    }

    @Override
    public InnerTableScan withPartitionFilter(PartitionPredicate predicate) {
        choosesPartitions |= predicate != null;
        scan.withPartitionFilter(predicate);
        return this;
    }

    @Override
    public InnerTableScan withPartitionFilter(Predicate predicate) {
        choosesPartitions |= predicate != null;
        scan.withPartitionFilter(predicate);
        return this;
    }

    @Override
    public InnerTableScan withRowRanges(List<Range> ranges) {
        scan.withRowRanges(ranges);
        return this;
    }

    @Override
    public InnerTableScan withRowRangeIndex(RowRangeIndex index) {
        scan.withRowRangeIndex(index);
        return this;
    }

    @Override
    public InnerTableScan withGlobalIndexResult(GlobalIndexResult result) {
        scan.withGlobalIndexResult(result);
        return this;
    }

    @Override
    public InnerTableScan withBucket(int bucket) {
        scan.withBucket(bucket);
        return this;
    }

    @Override
    public InnerTableScan withBucketFilter(Filter<Integer> buckets) {
        scan.withBucketFilter(buckets);
        return this;
    }

    @Override
    public InnerTableScan withLevelFilter(Filter<Integer> levels) {
        scan.withLevelFilter(levels);
        return this;
    }

    @Override
    public InnerTableScan withMetricRegistry(MetricRegistry registry) {
        scan.withMetricRegistry(registry);
        return this;
    }

    @Override
    public InnerTableScan dropStats() {
        scan.dropStats();
        return this;
    }

    @Override
    public DataTableScan withShard(int index, int shards) {
        scan.withShard(index, shards);
        return this;
    }
}
