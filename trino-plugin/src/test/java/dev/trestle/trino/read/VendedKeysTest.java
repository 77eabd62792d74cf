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
package dev.trestle.trino.read;

import static io.trino.spi.transaction.IsolationLevel.SERIALIZABLE;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Key;
import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import dev.trestle.server.catalog.DataTokenSettings;
import dev.trestle.server.catalog.DataTokenSettings.KeyNames;
import dev.trestle.server.files.ScopedKey;
import dev.trestle.server.objectstore.TestObjectStore;
import dev.trestle.server.store.StoreSettings;
import dev.trestle.trino.TrestleConnectorFactory;
import dev.trestle.trino.TrestlePlugin;
import dev.trestle.trino.files.TrestleTableCredentials;
import io.airlift.json.JsonCodecFactory;
import io.trino.metadata.InternalFunctionBundle;
import io.trino.server.testing.TestingTrinoServer;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMergeTableHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.DynamicFilterSnapshot;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.function.ScalarFunction;
import io.trino.spi.function.SqlType;
import io.trino.spi.type.StandardTypes;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingConnectorSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trino reads an object store that checks signatures, with keys that the service vends for one table each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class VendedKeysTest {

    static final int FILES = 6;

    /** Of keys that are to end in a test. They are renewed at half of it, which leaves half for a slow machine. */
    static final Duration LIFE = Duration.ofSeconds(10);

    static final AtomicReference<TestObjectStore> STORE = new AtomicReference<>();

    @TempDir
    private static Path directory;

    private CatalogServer server;
    private CatalogServer lasting;
    private QueryRunner trino;

    /** Holds a query back. */
    public static final class Waiting {

        private Waiting() {}

        /** True for each row; for the first one not before all keys have ended that are in use by then. */
        @ScalarFunction(value = "after_the_keys_ended", deterministic = false)
        @SqlType(StandardTypes.BOOLEAN)
        public static boolean afterTheKeysEnded(@SqlType(StandardTypes.BIGINT) long id) throws InterruptedException {
            Set<String> keys = id == 0 ? Set.copyOf(STORE.get().acceptedKeys()) : Set.of();
            while (!keys.stream().allMatch(VendedKeysTest::hasEnded)) {
                Thread.sleep(50);
            }
            return true;
        }
    }

    private static boolean hasEnded(String key) {
        return ScopedKey.scope(key).orElseThrow().expiresAtMillis() < System.currentTimeMillis();
    }

    @BeforeAll
    void start() throws Exception {
        TestObjectStore objects = TestObjectStore.start(directory.resolve("objects"));
        STORE.set(objects);
        server = server(directory, objects, "wh", LIFE);
        lasting = server(directory, objects, "lasting", Duration.ofHours(1));
        trino = DistributedQueryRunner.builder(
                        testSessionBuilder().setCatalog("lake").setSchema("d").build())
                .setWorkerCount(1)
                .build();
        trino.installPlugin(new TrestlePlugin());
        trino.addFunctions(
                InternalFunctionBundle.builder().scalars(Waiting.class).build());
        trino.createCatalog("lake", TrestleConnectorFactory.NAME, catalog(server, server.uri(), objects));
        trino.createCatalog("lasting", TrestleConnectorFactory.NAME, catalog(lasting, lasting.uri(), objects));
        fill();
    }

    /**
     * @param life of its keys
     * @param allowed who may ask it; anybody where nobody is named
     */
    static CatalogServer server(
            Path directory, TestObjectStore objects, String warehouse, Duration life, Credentials... allowed) {
        ServerOptions.Builder options = ServerOptions.builder("s3://" + TestObjectStore.BUCKET + "/" + warehouse)
                .store(StoreSettings.sqlite(directory.resolve(warehouse + ".db")))
                .dataTokens(new DataTokenSettings(life, KeyNames.S3, objects.endpointOptions(), objects.secret()));
        objects.ownerOptions().forEach(options::storageOption);
        List.of(allowed).forEach(options::allow);
        return CatalogServer.start(options.build());
    }

    /** @param uri of the server, or of what stands before it */
    static Map<String, String> catalog(CatalogServer server, URI uri, TestObjectStore objects) {
        Map<String, String> catalog = new HashMap<>();
        catalog.put("trestle.uri", uri.toString());
        catalog.put("trestle.warehouse", server.warehouse());
        catalog.put("fs.s3.enabled", "true");
        catalog.put("s3.endpoint", objects.uri().toString());
        catalog.put("s3.path-style-access", "true");
        catalog.put("s3.region", "us-east-1");
        catalog.put("s3.aws-access-key", "nobody");
        catalog.put("s3.aws-secret-key", "nothing");
        return catalog;
    }

    /** The test's own client writes with vended keys too, by Paimon's S3 plugin. */
    private void fill() throws Exception {
        Map<String, String> options = new HashMap<>(
                Map.of("uri", server.uri().toString(), "warehouse", server.warehouse(), "data-token.enabled", "true"));
        fill(options, "t", "other");
    }

    /** Tables of a few files each. */
    static void fill(Map<String, String> client, String... names) throws Exception {
        PaimonTables tables = new PaimonTables(RestCatalog.open(client), "d");
        for (String table : names) {
            tables.create(
                    table, Schema.newBuilder().column("id", DataTypes.BIGINT()).column("text", DataTypes.STRING()));
            for (long id = 0; id < FILES; id++) {
                tables.write(table, GenericRow.of(id, BinaryString.fromString("text " + id)));
            }
        }
    }

    @AfterAll
    void stop() {
        Optional.ofNullable(trino).ifPresent(QueryRunner::close);
        server.close();
        lasting.close();
        STORE.get().close();
    }

    @Test
    void aQueryGoesOnWhenItsKeyEnds() {
        Set<String> before = Set.copyOf(STORE.get().acceptedKeys());

        assertThat(trino.execute("SELECT count(*), sum(id), max(text) FROM t WHERE after_the_keys_ended(id)")
                        .getMaterializedRows()
                        .getFirst()
                        .getFields())
                .containsExactly((long) FILES, (long) FILES * (FILES - 1) / 2, "text " + (FILES - 1));
        assertThat(STORE.get().acceptedKeys())
                .as("the keys of the first files, which have ended, and one that came after them")
                .hasSizeGreaterThan(before.size())
                .anyMatch(key -> !before.contains(key) && !hasEnded(key));
    }

    @Test
    void noKeyIsShownInAPlan() {
        String plan = trino.execute("EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON) SELECT * FROM other")
                .getOnlyValue()
                .toString();
        trino.execute("SELECT text FROM other");
        assertThat(STORE.get().acceptedKeys()).isNotEmpty().noneMatch(plan::contains);
    }

    /** They are on their way to workers, in what Trino logs and shows too; the credentials of the table are not. */
    @Test
    void neitherHandlesNorSplitsHoldAKey() throws Exception {
        TestingTrinoServer coordinator = ((DistributedQueryRunner) trino).getCoordinator();
        Connector connector = coordinator.getConnector("lake");
        ConnectorSession session = TestingConnectorSession.builder()
                .setPropertyMetadata(connector.getSessionProperties())
                .build();
        ConnectorTransactionHandle transaction = connector.beginTransaction(SERIALIZABLE, false, true);
        ConnectorMetadata metadata = connector.getMetadata(session, transaction);
        ConnectorTableHandle table =
                metadata.getTableHandle(session, new SchemaTableName("d", "t"), Optional.empty(), Optional.empty());
        Map<String, String> credentials = ((TrestleTableCredentials)
                        metadata.getTableCredentials(session, table).orElseThrow())
                .options();
        List<String> secrets = credentials.entrySet().stream()
                .filter(option -> option.getKey().matches(".*(key|token)"))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(secrets).as("%s", credentials.keySet()).hasSizeGreaterThanOrEqualTo(2);

        List<ConnectorSplit> splits = connector
                .getSplitManager()
                .getSplits(transaction, session, table, Set.of(), Constraint.alwaysTrue())
                .getNextBatch(1000, DynamicFilterSnapshot.EMPTY)
                .get(30, TimeUnit.SECONDS);
        List<ColumnHandle> columns =
                List.copyOf(metadata.getColumnHandles(session, table).values());
        JsonCodecFactory codecs = coordinator.getInstance(Key.get(JsonCodecFactory.class));
        List<String> sent = new ArrayList<>();
        sent.add(codecs.jsonCodec(ConnectorTableHandle.class).toJson(table));
        sent.add(codecs.jsonCodec(ConnectorInsertTableHandle.class)
                .toJson(metadata.beginInsert(session, table, columns, RetryMode.NO_RETRIES)));
        sent.add(codecs.jsonCodec(ConnectorMergeTableHandle.class)
                .toJson(metadata.beginMerge(session, table, Map.of(), RetryMode.NO_RETRIES)));
        for (ConnectorSplit split : splits) {
            sent.add(codecs.jsonCodec(ConnectorSplit.class).toJson(split));
            sent.add(new String(((TrestleSplit) split).serialized(), StandardCharsets.ISO_8859_1));
        }
        connector.rollback(transaction);

        assertThat(splits).isNotEmpty();
        assertThat(sent).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
    }

    @Test
    void writersUseTheKeyThatComesWithTheStatement() {
        trino.execute("CREATE SCHEMA lasting.d");
        trino.execute("CREATE TABLE lasting.d.written (id bigint, text varchar) WITH (partitioned_by = ARRAY['id'])");
        lasting.resetCallCounts();

        // On both nodes.
        trino.execute("INSERT INTO lasting.d.written SELECT n, 'text' FROM UNNEST(sequence(1, 8)) t(n)");
        trino.execute("DELETE FROM lasting.d.written WHERE length(text) + id > 6");

        assertThat(trino.execute("SELECT id FROM lasting.d.written ORDER BY id").getOnlyColumnAsSet())
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(lasting.callCounts().getOrDefault("getTableToken", 0L)).isLessThanOrEqualTo(1);
    }
}
