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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogTest;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink's own tests of catalogs. What is overridden is what a Paimon catalog does otherwise: a partition is there from
 * its first row on (Paimon's {@code createPartitions} makes none), it has no properties of its own, and statistics belong
 * to a snapshot.
 */
class TrestleCatalogTest extends CatalogTest {

    @TempDir
    static Path warehouse;

    private static CatalogServer server;
    private static RestCatalog other;

    @BeforeAll
    static void openCatalog() {
        server = CatalogServer.start(ServerOptions.builder(warehouse).build());
        Map<String, String> options = Map.of("uri", server.uri().toString(), "warehouse", server.warehouse());
        FlinkOptions parsed = FlinkOptions.parse(options);
        catalog = new TrestleCatalog(TEST_CATALOG_NAME, parsed, () -> CoreCatalogs.open(parsed.core()));
        catalog.open();
        Map<String, String> fresh = new HashMap<>(options);
        fresh.put("metadata-cache.expire-after", "0 s");
        other = RestCatalog.open(fresh);
    }

    @AfterAll
    static void closeServer() throws Exception {
        other.close();
        server.close();
    }

    // ----- what the tests are made of

    /** Without the index of Flink's own: Paimon's schema has none, and Flink's SQL cannot declare one. */
    @Override
    protected ResolvedSchema createSchema() {
        return ResolvedSchema.of(
                Column.physical("first", DataTypes.STRING()),
                Column.physical("second", DataTypes.INT()),
                Column.physical("third", DataTypes.STRING()));
    }

    @Override
    protected ResolvedSchema createAnotherSchema() {
        return ResolvedSchema.of(
                Column.physical("first", DataTypes.STRING()),
                Column.physical("second", DataTypes.STRING()),
                Column.physical("third", DataTypes.STRING()));
    }

    @Override
    public CatalogDatabase createDb() {
        return new CatalogDatabaseImpl(Map.of("k1", "v1"), TEST_COMMENT);
    }

    @Override
    public CatalogDatabase createAnotherDb() {
        return new CatalogDatabaseImpl(Map.of("k2", "v2"), TEST_COMMENT);
    }

    private static CatalogTable table(ResolvedSchema schema, List<String> partitionKeys, Map<String, String> options) {
        return new ResolvedCatalogTable(
                CatalogTable.newBuilder()
                        .schema(org.apache.flink.table.api.Schema.newBuilder()
                                .fromResolvedSchema(schema)
                                .build())
                        .comment(TEST_COMMENT)
                        .partitionKeys(partitionKeys)
                        .options(options)
                        .build(),
                schema);
    }

    @Override
    public CatalogTable createTable() {
        return table(createSchema(), List.of(), Map.of(IS_STREAMING, "false"));
    }

    @Override
    public CatalogTable createAnotherTable() {
        return table(createSchema(), List.of(), Map.of(IS_STREAMING, "false", "another", "option"));
    }

    @Override
    public CatalogTable createStreamingTable() {
        return table(createSchema(), List.of(), Map.of(IS_STREAMING, "true"));
    }

    @Override
    public CatalogTable createPartitionedTable() {
        return table(createAnotherSchema(), createPartitionKeys(), Map.of(IS_STREAMING, "false"));
    }

    @Override
    public CatalogTable createAnotherPartitionedTable() {
        return table(createAnotherSchema(), createPartitionKeys(), Map.of(IS_STREAMING, "false", "another", "option"));
    }

    private CatalogView view(String query, Map<String, String> options) {
        ResolvedSchema schema = createSchema();
        return new ResolvedCatalogView(
                CatalogView.of(
                        org.apache.flink.table.api.Schema.newBuilder()
                                .fromResolvedSchema(schema)
                                .build(),
                        TEST_COMMENT,
                        query,
                        query,
                        options),
                schema);
    }

    @Override
    public CatalogView createView() {
        return view("select * from t1", Map.of());
    }

    @Override
    public CatalogView createAnotherView() {
        return view("select * from t2", Map.of("another", "option"));
    }

    @Override
    protected CatalogFunction createFunction() {
        return new CatalogFunctionImpl("a.First", FunctionLanguage.JAVA);
    }

    @Override
    protected CatalogFunction createPythonFunction() {
        return new CatalogFunctionImpl("a.first", FunctionLanguage.PYTHON);
    }

    @Override
    protected CatalogFunction createAnotherFunction() {
        return new CatalogFunctionImpl("a.Another", FunctionLanguage.SCALA);
    }

    @Override
    public CatalogPartition createPartition() {
        return new CatalogPartitionImpl(Map.of(), "");
    }

    @Override
    public CatalogModel createModel() {
        return CatalogModel.of(
                org.apache.flink.table.api.Schema.newBuilder().build(),
                org.apache.flink.table.api.Schema.newBuilder().build(),
                Map.of("provider", "none"),
                TEST_COMMENT);
    }

    /** Paimon's {@code Catalog} has no models. */
    @Override
    protected boolean supportsModels() {
        return false;
    }

    // ----- what a Paimon catalog does otherwise

    /** Writes one row, which makes its partition. */
    private void insert(ObjectPath path, CatalogPartitionSpec partition) throws Exception {
        Table table = other.getTable(Tables.identifier(path));
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.write(GenericRow.of(
                    BinaryString.fromString("a"),
                    BinaryString.fromString(partition.getPartitionSpec().get("second")),
                    BinaryString.fromString(partition.getPartitionSpec().get("third"))));
            commit.commit(write.prepareCommit());
        }
    }

    private void createPartitionedTableWithPartitions() throws Exception {
        catalog.createDatabase(db1, createDb(), false);
        catalog.createTable(path1, createPartitionedTable(), false);
        insert(path1, createPartitionSpec());
    }

    /** Paimon's {@code createPartitions} makes no partition: one is there from its first row on. */
    @Override
    @Test
    public void testCreatePartition() throws Exception {
        catalog.createDatabase(db1, createDb(), false);
        catalog.createTable(path1, createPartitionedTable(), false);
        catalog.createPartition(path1, createPartitionSpec(), createPartition(), false);
        assertThat(catalog.listPartitions(path1)).isEmpty();
        insert(path1, createPartitionSpec());
        insert(path1, createAnotherPartitionSpec());
        assertThat(catalog.listPartitions(path1))
                .containsExactlyInAnyOrder(createPartitionSpec(), createAnotherPartitionSpec());
        assertThat(catalog.listPartitions(path1, createPartitionSpecSubset())).hasSize(2);
        assertThat(catalog.getPartition(path1, createPartitionSpec()).getProperties())
                .isNotEmpty();
    }

    @Override
    @Test
    public void testCreatePartition_PartitionAlreadyExistsException() throws Exception {
        createPartitionedTableWithPartitions();
        assertThatThrownBy(() -> catalog.createPartition(path1, createPartitionSpec(), createPartition(), false))
                .isInstanceOf(PartitionAlreadyExistsException.class);
    }

    @Override
    @Test
    public void testDropPartition() throws Exception {
        createPartitionedTableWithPartitions();
        catalog.dropPartition(path1, createPartitionSpec(), false);
        assertThat(catalog.listPartitions(path1)).isEmpty();
    }

    /** Paimon keeps no properties of partitions: its {@code Catalog.alterPartitions} takes statistics only. */
    private void alterPartitionIsRefused(boolean ignoreIfNotExists) {
        CatalogPartition changed = new CatalogPartitionImpl(Map.of("k", "v"), "");
        assertThatThrownBy(() -> catalog.alterPartition(path1, createPartitionSpec(), changed, ignoreIfNotExists))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Catalog.alterPartitions");
    }

    @Override
    @Test
    public void testAlterPartition() throws Exception {
        createPartitionedTableWithPartitions();
        alterPartitionIsRefused(false);
    }

    @Override
    @Test
    public void testAlterPartition_TableNotExist() {
        alterPartitionIsRefused(false);
    }

    @Override
    @Test
    public void testAlterPartition_TableNotPartitioned() {
        alterPartitionIsRefused(false);
    }

    @Override
    @Test
    public void testAlterPartition_PartitionSpecInvalid() {
        alterPartitionIsRefused(false);
    }

    @Override
    @Test
    public void testAlterPartition_PartitionNotExist() {
        alterPartitionIsRefused(false);
    }

    @Override
    @Test
    public void testAlterPartition_PartitionNotExist_ignored() {
        alterPartitionIsRefused(true);
    }

    @Override
    @Test
    public void testPartitionExists() throws Exception {
        createPartitionedTableWithPartitions();
        assertThat(catalog.partitionExists(path1, createPartitionSpec())).isTrue();
        assertThat(catalog.partitionExists(path2, createPartitionSpec())).isFalse();
        assertThat(catalog.partitionExists(ObjectPath.fromString("non.exist"), createPartitionSpec()))
                .isFalse();
    }

    @Override
    @Test
    public void testListPartitionPartialSpec() throws Exception {
        createPartitionedTableWithPartitions();
        insert(path1, createAnotherPartitionSpec());
        assertThat(catalog.listPartitions(path1, createPartitionSpecSubset())).hasSize(2);
        assertThat(catalog.listPartitions(path1, createAnotherPartitionSpecSubset()))
                .hasSize(1);
    }

    /** Paimon keeps statistics beside a snapshot ({@code Statistics.snapshotId}), so the table has a row first. */
    @Override
    @Test
    public void testAlterTableStats() throws Exception {
        catalog.createDatabase(db1, createDb(), false);
        catalog.createTable(path1, table(createAnotherSchema(), List.of(), Map.of()), false);
        insert(path1, createPartitionSpec());
        assertStatisticsAreKept();
    }

    /** As {@link #testAlterTableStats()}. */
    @Override
    @Test
    public void testAlterTableStats_partitionedTable() throws Exception {
        createPartitionedTableWithPartitions();
        assertStatisticsAreKept();
    }

    /** Of the files, Paimon's {@code Statistics} has the size alone. */
    private void assertStatisticsAreKept() throws Exception {
        catalog.alterTableStatistics(path1, new CatalogTableStatistics(100, 10, 1000, 10000), false);
        CatalogTableStatistics kept = catalog.getTableStatistics(path1);
        assertThat(kept.getRowCount()).isEqualTo(100);
        assertThat(kept.getTotalSize()).isEqualTo(1000);
    }

    /** Counted, without statistics. */
    @Override
    @Test
    public void testGetPartitionStats() throws Exception {
        createPartitionedTableWithPartitions();
        assertThat(catalog.getPartitionStatistics(path1, createPartitionSpec()).getRowCount())
                .isEqualTo(1);
    }

    /** Paimon's {@code BatchTableCommit.updateStatistics} takes statistics of whole tables. */
    @Override
    @Test
    public void testAlterPartitionTableStats() throws Exception {
        createPartitionedTableWithPartitions();
        CatalogTableStatistics statistics = new CatalogTableStatistics(100, 1, 1000, 10000);
        assertThatThrownBy(() -> catalog.alterPartitionStatistics(path1, createPartitionSpec(), statistics, false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("updateStatistics");
    }
}
