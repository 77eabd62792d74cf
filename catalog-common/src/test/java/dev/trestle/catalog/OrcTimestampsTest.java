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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.GenericArray;
import org.apache.paimon.data.GenericMap;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps in ORC files that are written in one time zone and read in another. */
@Isolated("It changes the time zone of this JVM")
@Timeout(60)
class OrcTimestampsTest {

    private static final Identifier T = Identifier.create("db", "t");
    private static final Identifier U = Identifier.create("db", "u");
    private static final DataType ZONED = DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3);
    private static final Timestamp MOMENT = Timestamp.fromEpochMillis(1_700_000_000_123L);

    private final TimeZone zone = TimeZone.getDefault();

    private EmbeddedTestServer server;
    private RestCatalog catalog;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = EmbeddedTestServer.withToken(directory);
        catalog = RestCatalog.open(server.clientOptions());
        catalog.createDatabase("db", false);
    }

    @AfterEach
    void stop() {
        TimeZone.setDefault(zone);
        catalog.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/New_York", "Asia/Shanghai", "UTC"})
    void areTheSameInEveryZone(String reader) throws Exception {
        createTable(Map.of());

        write("Asia/Shanghai", MOMENT, MOMENT);

        assertThat(read(reader)).isEqualTo(GenericRow.of(MOMENT, MOMENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROW", "ARRAY", "MAP"})
    void areTheSameInEveryZoneWithinOtherValues(String kind) throws Exception {
        Object value =
                switch (kind) {
                    case "ROW" -> GenericRow.of(MOMENT);
                    case "ARRAY" -> new GenericArray(new Object[] {MOMENT});
                    default -> new GenericMap(Map.of(1, MOMENT));
                };
        DataType type =
                switch (kind) {
                    case "ROW" -> DataTypes.ROW(DataTypes.FIELD(0, "ts", ZONED));
                    case "ARRAY" -> DataTypes.ARRAY(ZONED);
                    default -> DataTypes.MAP(DataTypes.INT(), ZONED);
                };
        catalog.createTable(
                T,
                Schema.newBuilder()
                        .column("v", type)
                        .option("file.format", "orc")
                        .build(),
                false);

        write("Asia/Shanghai", value);

        assertThat(read("America/New_York")).isEqualTo(GenericRow.of(value));
    }

    /** So that it is seen what the others are spared. */
    @Test
    void areShiftedForWhoAsksForTheLegacyType() throws Exception {
        createTable(Map.of("orc.timestamp-ltz.legacy.type", "true"));

        write("Asia/Shanghai", MOMENT, MOMENT);

        assertThat(read("Asia/Shanghai")).isEqualTo(GenericRow.of(MOMENT, MOMENT));
        assertThat(read("America/New_York").getField(1)).isNotEqualTo(MOMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMESTAMP", "ROW", "ARRAY", "MAP"})
    void areTheSameInEveryZoneInAColumnThatIsAddedLater(String kind) throws Exception {
        createPlainTable();
        alter(SchemaChange.addColumn("later", DataTypes.STRING()));
        DataType type =
                switch (kind) {
                    case "ROW" -> DataTypes.ROW(DataTypes.FIELD(0, "ts", ZONED));
                    case "ARRAY" -> DataTypes.ARRAY(ZONED);
                    case "MAP" -> DataTypes.MAP(DataTypes.INT(), ZONED);
                    default -> ZONED;
                };

        alter(SchemaChange.addColumn("zoned", type));

        assertThat(legacyType()).isEqualTo("false");
    }

    @Test
    void areReadInEveryZoneAsTheyWereWrittenToAColumnThatIsAddedLater() throws Exception {
        createPlainTable();

        alter(SchemaChange.addColumn("zoned", ZONED));
        write("Asia/Shanghai", MOMENT, MOMENT);

        assertThat(read("America/New_York")).isEqualTo(GenericRow.of(MOMENT, MOMENT));
    }

    @Test
    void areTheSameInEveryZoneInAFieldThatIsAddedAndInAColumnThatGetsTheType() throws Exception {
        catalog.createTable(
                T,
                Schema.newBuilder()
                        .column("s", DataTypes.ROW(DataTypes.FIELD(0, "n", DataTypes.INT())))
                        .column("plain", DataTypes.TIMESTAMP(3))
                        .option("file.format", "orc")
                        .build(),
                false);
        catalog.createTable(
                U,
                Schema.newBuilder()
                        .column("plain", DataTypes.TIMESTAMP(3))
                        .option("file.format", "ORC")
                        .build(),
                false);

        alter(SchemaChange.addColumn(new String[] {"s", "at"}, ZONED, null, null));
        catalog.alterTable(U, List.of(SchemaChange.updateColumnType("plain", ZONED)), false);

        assertThat(legacyType()).isEqualTo("false");
        assertThat(catalog.getTable(U).options()).containsEntry("orc.timestamp-ltz.legacy.type", "false");
    }

    /** Files may have them shifted, and are read as the option says now. */
    @Test
    void stayAsTheyAreWhereATableHasHadSome() throws Exception {
        createPlainTable();
        alter(SchemaChange.setOption("orc.timestamp-ltz.legacy.type", "true"));
        alter(SchemaChange.addColumn("zoned", ZONED));
        write("Asia/Shanghai", MOMENT, MOMENT);
        alter(SchemaChange.dropColumn("zoned"));
        alter(SchemaChange.removeOption("orc.timestamp-ltz.legacy.type"));

        alter(SchemaChange.addColumn("again", ZONED));

        assertThat(legacyType()).isNull();
    }

    @Test
    void areHeldAsWhoAddsAColumnAsksFor() throws Exception {
        createPlainTable();

        alter(SchemaChange.setOption("orc.timestamp-ltz.legacy.type", "true"), SchemaChange.addColumn("zoned", ZONED));

        assertThat(legacyType()).isEqualTo("true");
    }

    @Test
    void areNoMatterOfATableInAnotherFormat() throws Exception {
        catalog.createTable(T, Schema.newBuilder().column("n", DataTypes.INT()).build(), false);

        alter(SchemaChange.addColumn("zoned", ZONED));

        assertThat(legacyType()).isNull();
    }

    @Test
    void areAddedToATableThatIsNotThereAsEver() throws Exception {
        catalog.alterTable(U, List.of(SchemaChange.addColumn("zoned", ZONED)), true);

        assertThatThrownBy(() -> catalog.alterTable(U, List.of(SchemaChange.addColumn("zoned", ZONED)), false))
                .isInstanceOf(Catalog.TableNotExistException.class);
    }

    private void createPlainTable() throws Exception {
        catalog.createTable(
                T,
                Schema.newBuilder()
                        .column("plain", DataTypes.TIMESTAMP(3))
                        .option("file.format", "orc")
                        .build(),
                false);
    }

    private void alter(SchemaChange... changes) throws Exception {
        catalog.alterTable(T, List.of(changes), false);
    }

    private String legacyType() throws Exception {
        return catalog.getTable(T).options().get("orc.timestamp-ltz.legacy.type");
    }

    /** A table of a timestamp without a zone and one with it. */
    private void createTable(Map<String, String> options) throws Exception {
        catalog.createTable(
                T,
                Schema.newBuilder()
                        .column("plain", DataTypes.TIMESTAMP(3))
                        .column("zoned", ZONED)
                        .option("file.format", "orc")
                        .options(options)
                        .build(),
                false);
    }

    private void write(String zone, Object... values) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        Rows.write(catalog.getTable(T), GenericRow.of(values));
    }

    /** The one row, as it is read where a zone is the JVM's. */
    private GenericRow read(String zone) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        List<GenericRow> found = new ArrayList<>();
        ReadBuilder builder = catalog.getTable(T).newReadBuilder();
        try (RecordReader<InternalRow> rows =
                builder.newRead().createReader(builder.newScan().plan())) {
            rows.forEachRemaining(row -> found.add(copied(row, builder.readType())));
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static GenericRow copied(InternalRow row, RowType type) {
        GenericRow copy = new GenericRow(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            copy.setField(i, InternalRowUtils.copy(InternalRowUtils.get(row, i, type.getTypeAt(i)), type.getTypeAt(i)));
        }
        return copy;
    }
}
