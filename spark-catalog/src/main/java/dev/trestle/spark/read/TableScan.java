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
package dev.trestle.spark.read;

import dev.trestle.catalog.parallel.ParallelCall;
import dev.trestle.catalog.queryauth.AuthorizedSplit;
import dev.trestle.catalog.queryauth.ReadPermission;
import dev.trestle.catalog.table.FilePredicates;
import dev.trestle.spark.data.ColumnReferences;
import dev.trestle.spark.data.Predicates;
import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.read.parquet.ParquetReads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.RowType;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportPartitioning;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.connector.read.colstats.ColumnStatistics;
import org.apache.spark.sql.connector.read.partitioning.Partitioning;
import org.apache.spark.sql.connector.read.partitioning.UnknownPartitioning;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * A scan of a table. Planned once, when its size or its splits are first asked for; where Spark finds out at run time which
 * partitions it needs, the others are left out of that plan.
 */
class TableScan
        implements Scan, Batch, SupportsReportStatistics, SupportsReportPartitioning, SupportsRuntimeV2Filtering {

    /** What Spark takes a row for besides its columns, in bytes: see its {@code EstimationUtils}. */
    private static final double ROW_OVERHEAD = 8;

    private final ScanTable table;
    private final StructType schema;
    private final StructType metadata;
    private final RowType columns;
    private final List<Predicate> predicates;
    private final Bounds bounds;
    private final List<Predicate> runtimePredicates = new ArrayList<>();

    private Optional<ParallelCall<List<Split>, RuntimeException>> begun = Optional.empty();
    private Optional<Plan> planned = Optional.empty();

    /**
     * What is read, and how: that stays so when partitions are left out.
     *
     * @param byBucket whether Spark is told of buckets
     * @param columnar whether tasks give batches of columns
     * @param parquet what Spark's own reader reads, if it is used
     */
    private record Plan(List<Split> splits, boolean byBucket, boolean columnar, Optional<ParquetReads> parquet) {

        Plan of(List<Split> chosen) {
            return new Plan(chosen, byBucket, columnar, parquet);
        }
    }

    TableScan(ScanTable table, StructType schema, List<Predicate> predicates, Bounds bounds) {
        this.table = table;
        this.schema = schema;
        this.metadata = MetadataColumns.asked(schema, table.columns());
        this.columns = SparkTypes.prune(table.columns(), schema);
        this.predicates = List.copyOf(predicates);
        this.bounds = bounds;
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        return "trestle " + table.name() + " [columns: " + schema.catalogString() + ", filters: " + predicates + bounds
                + "]";
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    private ReadBuilder read(List<Predicate> chosen) {
        return read(table.table(), chosen, bounds);
    }

    private ReadBuilder read(Table form, List<Predicate> chosen, Bounds wanted) {
        FilePredicates files = new FilePredicates(form);
        List<Predicate> asked =
                chosen.stream().map(predicate -> predicate.visit(files)).toList();
        ReadBuilder read = form.newReadBuilder().withReadType(columns).withFilter(asked);
        return wanted.apply(read);
    }

    /** What is known of the rows that the tasks need: they leave out parts of files by it. */
    List<Predicate> readPredicates() {
        return predicates;
    }

    /** The splits to read. */
    List<Split> splits() {
        return plan().splits();
    }

    /** Begins to plan beside the caller, who will ask for the splits: so the tables of a query do not wait for each other. */
    synchronized void planAhead() {
        begun = Optional.of(ParallelCall.start(this::findSplits));
    }

    private List<Split> findSplits() {
        return bounds.choose(table.table(), read(predicates).newScan().plan().splits());
    }

    private synchronized Plan plan() {
        if (planned.isEmpty()) {
            List<Split> splits = List.copyOf(begun.isPresent() ? begun.get().get() : findSplits());
            begun = Optional.empty();
            boolean columnar = splits.stream().allMatch(this::isColumnar);
            planned = Optional.of(
                    new Plan(splits, isByBucket(splits), columnar, columnar ? parquet() : Optional.empty()));
        }
        return planned.get();
    }

    private boolean isByBucket(List<Split> splits) {
        return SQLConf.get().v2BucketingEnabled()
                && BucketedTasks.of(table, splits)
                        .filter(buckets -> buckets.employ(cores()))
                        .isPresent();
    }

    private Optional<ParquetReads> parquet() {
        return table.table() instanceof FileStoreTable files
                        && !MetadataColumns.haveRowIndex(metadata)
                        && !bounds.isWithin(SQLConf.get().parquetVectorizedReaderBatchSize())
                ? ParquetReads.of(inBatchesOfSpark(files), columns, schema, readPredicates())
                : Optional.empty();
    }

    @Override
    public InputPartition[] planInputPartitions() {
        Optional<ParquetReads> parquet = plan().parquet();
        return bucketed().map(buckets -> buckets.tasks(packing(1, parquet))).orElseGet(() -> tasks(splits(), parquet));
    }

    /** The splits by bucket, where that is of use to Spark and leaves work for all cores. */
    Optional<BucketedTasks> bucketed() {
        return plan().byBucket() ? BucketedTasks.of(table, splits()) : Optional.empty();
    }

    /** Spark joins tables bucket by bucket where both say so. */
    @Override
    public Partitioning outputPartitioning() {
        return bucketed().map(BucketedTasks::partitioning).orElseGet(() -> new UnknownPartitioning(0));
    }

    private static int cores() {
        return SparkContext.getOrCreate().defaultParallelism();
    }

    private static SplitPacking packing(int tasks, Optional<ParquetReads> parquet) {
        SQLConf conf = SQLConf.get();
        return new SplitPacking(conf.filesMaxPartitionBytes(), conf.filesOpenCostInBytes(), tasks, parquet);
    }

    private static InputPartition[] tasks(List<Split> splits, Optional<ParquetReads> parquet) {
        return packing(cores(), parquet).pack(splits).stream()
                .map(SplitsPartition::new)
                .toArray(InputPartition[]::new);
    }

    /** The table as a stream, from where its options say. */
    @Override
    public MicroBatchStream toMicroBatchStream(String checkpoint) {
        FileStoreTable files = (FileStoreTable) table.table();
        new StreamedTable(table.name(), files).requireReadable();
        StreamHistory history = new StreamHistory(table.name(), files, System::nanoTime);
        StreamPlan plan = new StreamPlan(files, history, form -> read(form, predicates, bounds));
        StreamStart start = new StreamStart(table.name(), files);
        return new TableStream(
                files,
                plan,
                new StreamColumns(table.name(), files),
                () -> start.keptIn(checkpoint, SparkContext.getOrCreate().hadoopConfiguration()),
                splits -> tasks(splits, Optional.empty()),
                new SplitReads(read(predicates), schema, MetadataColumns.type(metadata, table.partition()), false),
                System::nanoTime);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        Plan plan = plan();
        Table form = plan.columnar() && table.table() instanceof FileStoreTable files
                ? plan.parquet().map(ParquetReads::table).orElseGet(() -> inBatchesOfSpark(files))
                : table.table();
        SplitReads reads = new SplitReads(
                read(form, readPredicates(), bounds.ofReaders(form)),
                schema,
                MetadataColumns.type(metadata, table.partition()),
                plan.columnar());
        return plan.parquet()
                .<PartitionReaderFactory>map(parquet -> new ParquetFirstReads(reads, parquet))
                .orElse(reads);
    }

    /**
     * With as many rows in a batch as Spark's own readers have, if the table says nothing: each batch takes a call for each
     * column. A table that shows another branch stays as it is, since a copy with a schema would read that one by this.
     */
    private static FileStoreTable inBatchesOfSpark(FileStoreTable files) {
        if (files instanceof FallbackReadFileStoreTable) {
            return files;
        }
        Map<String, String> options = new HashMap<>(files.options());
        String rows = String.valueOf(SQLConf.get().parquetVectorizedReaderBatchSize());
        boolean isSaid = options.putIfAbsent(CoreOptions.READ_BATCH_SIZE.key(), rows) != null;
        // Without a check of the whole schema, which takes longer than all else here.
        return isSaid ? files : files.copy(files.schema().copy(options));
    }

    /** Whether files are read as they are, in a format that is read by columns. */
    private boolean isColumnar(Split split) {
        if (!(split instanceof DataSplit data)
                || !data.rawConvertible()
                || !(table.table() instanceof FileStoreTable files)) {
            return false;
        }
        return !isRestricted(split)
                && !files.coreOptions().dataEvolutionEnabled()
                && data.dataFiles().stream()
                        .map(file -> file.fileFormat().toLowerCase(Locale.ROOT))
                        .allMatch(format -> format.equals("parquet") || format.equals("orc"));
    }

    /**
     * By the rows and bytes that files have, of which the columns take as much as Spark assumes for their types: just as Spark's
     * own sources of files estimate, so that a join is planned as between those. Never of rows that are hidden.
     */
    @Override
    public Statistics estimateStatistics() {
        if (!table.isUnrestricted()) {
            return new Unknown();
        }
        double width = ROW_OVERHEAD + schema.defaultSize();
        double share = SQLConf.get().fileCompressionFactor()
                * width
                / (ROW_OVERHEAD + SparkTypes.toSpark(table.columns()).defaultSize());
        long rows = 0;
        double bytes = 0;
        for (Split split : splits()) {
            rows += split.rowCount();
            bytes += split instanceof DataSplit data ? bytes(data) * share : split.rowCount() * width;
        }
        return new Estimate((long) Math.ceil(bytes), rows, analyzed(rows));
    }

    private static double bytes(DataSplit split) {
        return split.dataFiles().stream().mapToLong(DataFileMeta::fileSize).sum();
    }

    /** Read only where Spark looks at it. */
    private Map<NamedReference, ColumnStatistics> analyzed(long rows) {
        SQLConf conf = SQLConf.get();
        boolean used = conf.cboEnabled() || conf.planStatsEnabled();
        return used && table.table() instanceof FileStoreTable files
                ? AnalyzedColumns.of(files, schema, rows)
                : Map.of();
    }

    private record Unknown() implements Statistics {

        @Override
        public OptionalLong sizeInBytes() {
            return OptionalLong.empty();
        }

        @Override
        public OptionalLong numRows() {
            return OptionalLong.empty();
        }
    }

    private record Estimate(long bytes, long rows, Map<NamedReference, ColumnStatistics> columnStats)
            implements Statistics {

        @Override
        public OptionalLong sizeInBytes() {
            return OptionalLong.of(bytes);
        }

        @Override
        public OptionalLong numRows() {
            return OptionalLong.of(rows);
        }
    }

    /** Only partitions can be left out at run time without a look into files. */
    @Override
    public NamedReference[] filterAttributes() {
        return table.partitionKeys().stream()
                .filter(key -> Arrays.asList(schema.fieldNames()).contains(key))
                .map(ColumnReferences::column)
                .toArray(NamedReference[]::new);
    }

    @Override
    public synchronized void filter(org.apache.spark.sql.connector.expressions.filter.Predicate[] found) {
        Predicates converter = new Predicates(table.partition());
        for (org.apache.spark.sql.connector.expressions.filter.Predicate predicate : found) {
            converter.toPaimon(predicate).ifPresent(runtimePredicates::add);
        }
        Plan all = plan();
        planned = Optional.of(all.of(all.splits().stream().filter(this::isAsked).toList()));
    }

    /** Of masked values no partition tells. */
    private boolean isAsked(Split split) {
        return !(split instanceof DataSplit data)
                || isRestricted(split)
                || runtimePredicates.stream().allMatch(predicate -> predicate.test(data.partition()));
    }

    private static boolean isRestricted(Split split) {
        return split instanceof AuthorizedSplit authorized
                && authorized.permission() instanceof ReadPermission.Restricted;
    }

    /** Spark reads a table once where it is there twice and both scans are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TableScan scan
                && getClass() == scan.getClass()
                && table.equals(scan.table)
                && schema.equals(scan.schema)
                && predicates.equals(scan.predicates)
                && bounds.equals(scan.bounds)
                && runtimePredicates.equals(scan.runtimePredicates);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hash(table, schema, predicates, bounds.limit());
    }
}
