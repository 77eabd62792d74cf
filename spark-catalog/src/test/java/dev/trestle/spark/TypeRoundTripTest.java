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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeRoundTripTest extends CatalogFixture {

    private static final String COLUMNS =
            "(id INT, bo BOOLEAN, ti TINYINT, sm SMALLINT, bi BIGINT, fl FLOAT, do DOUBLE, d9 DECIMAL(9,2), d18"
                    + " DECIMAL(18,4), d38 DECIMAL(38,10), ch CHAR(3), vc VARCHAR(5), st STRING, bn BINARY, dt DATE, tm"
                    + " TIME(3), ts TIMESTAMP, tn TIMESTAMP_NTZ, ar ARRAY<INT>, ma MAP<STRING, BIGINT>, ro STRUCT<a: INT,"
                    + " b: ARRAY<STRING>>, va VARIANT)";

    private static final String SMALLEST = "SELECT 1 id, false bo, -128Y ti, -32768S sm, -9223372036854775808L bi,"
            + " float('-Infinity') fl, double('-1.7976931348623157E308') do, -9999999.99BD d9,"
            + " -99999999999999.9999BD d18, CAST('-9999999999999999999999999999.9999999999' AS DECIMAL(38,10)) d38,"
            + " '' ch, '' vc, '' st, X'' bn, DATE'0001-01-01' dt, TIME'00:00:00' tm,"
            + " TIMESTAMP'0001-01-01 00:00:00' ts, TIMESTAMP_NTZ'0001-01-01 00:00:00' tn,"
            + " CAST(array() AS ARRAY<INT>) ar, CAST(map() AS MAP<STRING, BIGINT>) ma,"
            + " named_struct('a', CAST(null AS INT), 'b', array('x', null)) ro, parse_json('null') va";

    private static final String LARGEST = "SELECT 2 id, true bo, 127Y ti, 32767S sm, 9223372036854775807L bi,"
            + " float('NaN') fl, double('Infinity') do, 9999999.99BD d9, 99999999999999.9999BD d18,"
            + " CAST('9999999999999999999999999999.9999999999' AS DECIMAL(38,10)) d38, 'abc' ch, 'äöüße' vc, 'Ω漢字😀' st,"
            + " X'00FF' bn, DATE'9999-12-31' dt, TIME'23:59:59.999' tm, TIMESTAMP'9999-12-31 23:59:59.999999' ts,"
            + " TIMESTAMP_NTZ'1582-10-10 12:34:56.123456' tn, array(1, null, 3) ar, map('k', 1L, 'n', null) ma,"
            + " named_struct('a', 1, 'b', CAST(null AS ARRAY<STRING>)) ro, parse_json('{\"x\":[1,\"y\"]}') va";

    private static final String NULLS = "SELECT 3 id" + ", null".repeat(21);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TBLPROPERTIES ('file.format'='parquet')",
                "TBLPROPERTIES ('file.format'='parquet', 'primary-key'='id', 'bucket'='1')"
            })
    void theEdgesOfEachTypeComeBackAsTheyWereWritten(String properties) {
        run("CREATE TABLE t " + COLUMNS + " " + properties)
                .run("INSERT INTO t " + SMALLEST)
                .run("INSERT INTO t " + LARGEST)
                .run("INSERT INTO t " + NULLS);

        String casts = "SELECT id, bo, ti, sm, bi, fl, do, d9, d18, d38, ch, vc, st, hex(bn), dt, CAST(tm AS STRING),"
                + " CAST(ts AS STRING), CAST(tn AS STRING), CAST(ar AS STRING), CAST(ma AS STRING), CAST(ro AS STRING),"
                + " CAST(va AS STRING) FROM ";
        List<String> expected = List.of(
                rows(casts + "(" + SMALLEST.replace("'' ch", "'   ' ch") + ")").get(0),
                rows(casts + "(" + LARGEST + ")").get(0));
        List<String> found = rows(casts + "t ORDER BY id");
        assertThat(found.subList(0, 2)).isEqualTo(expected);
        assertThat(found.get(2)).isEqualTo("[3" + ",null".repeat(21) + "]");
    }

    @Test
    void valuesInsideOfArraysMapsAndStructsComeBackAsTheyWereWritten() {
        run("CREATE TABLE n (a ARRAY<DECIMAL(20,2)>, b ARRAY<TIMESTAMP>, c MAP<INT, STRUCT<x: DATE, y: BINARY>>,"
                        + " d STRUCT<t: TIME(3), v: VARIANT, n: STRUCT<z: ARRAY<ARRAY<INT>>>>)")
                .run("INSERT INTO n SELECT array(1.25BD, null), array(TIMESTAMP'2020-01-01 00:00:00.123456'),"
                        + " map(1, named_struct('x', DATE'2020-02-03', 'y', X'0A')),"
                        + " named_struct('t', TIME'01:02:03.004', 'v', parse_json('[1]'),"
                        + " 'n', named_struct('z', array(array(1, null), null)))");

        assertThat(rows("SELECT CAST(a AS STRING), CAST(b AS STRING), CAST(c[1].x AS STRING), hex(c[1].y),"
                        + " CAST(d.t AS STRING), CAST(d.v AS STRING), CAST(d.n AS STRING) FROM n"))
                .containsExactly("[[1.25, null],[2020-01-01 00:00:00.123456],2020-02-03,0A,01:02:03.004,[1],"
                        + "{[[1, null], null]}]");
    }

    @Test
    void theStoredTypesAreThoseOfPaimon() throws Exception {
        run("CREATE TABLE t " + COLUMNS);

        assertThat(stored("t").rowType().getFieldTypes().toString())
                .isEqualTo("[INT, BOOLEAN, TINYINT, SMALLINT, BIGINT, FLOAT, DOUBLE, DECIMAL(9, 2), DECIMAL(18, 4),"
                        + " DECIMAL(38, 10), CHAR(3), VARCHAR(5), STRING, BYTES, DATE, TIME(3),"
                        + " TIMESTAMP(6) WITH LOCAL TIME ZONE, TIMESTAMP(6), ARRAY<INT>,"
                        + " MAP<STRING NOT NULL, BIGINT>, ROW<`a` INT, `b` ARRAY<STRING>>, VARIANT]");
    }

    @Test
    void aTimeIsANumberOfMillisecondsWhereSparkHasNoTimes() {
        run("CREATE TABLE t (x TIME(3))").run("INSERT INTO t VALUES (TIME'00:00:01.5')");
        session.set("spark.sql.timeType.enabled", "false");

        assertThat(rows("SELECT x FROM t")).containsExactly("[1500]");
    }

    @Test
    void aTimestampWithDigitsThatSparkLacksIsNotCutOff() throws Exception {
        other.createTable(
                Identifier.create("d", "nano"),
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("ts", DataTypes.TIMESTAMP(9))
                        .build(),
                false);
        run("INSERT INTO nano VALUES (1, TIMESTAMP_NTZ'2020-01-01 00:00:00.000001')");
        assertThat(rows("SELECT CAST(ts AS STRING) FROM nano")).containsExactly("[2020-01-01 00:00:00.000001]");

        var write = stored("nano").newBatchWriteBuilder();
        try (var files = write.newWrite();
                var commit = write.newCommit()) {
            files.write(
                    org.apache.paimon.data.GenericRow.of(2, org.apache.paimon.data.Timestamp.fromEpochMillis(0, 1)));
            commit.commit(files.prepareCommit());
        }
        assertThat(rows("SELECT id FROM nano ORDER BY id")).containsExactly("[1]", "[2]");
        assertThatThrownBy(() -> rows("SELECT ts FROM nano")).hasStackTraceContaining("digits below microseconds");
    }

    private void store(String name, DataType type) throws Exception {
        other.createTable(
                Identifier.create("d", name),
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("x", type)
                        .build(),
                false);
    }

    @Test
    void aMultisetIsAMapOfCounts() throws Exception {
        store("m", DataTypes.MULTISET(DataTypes.STRING()));
        run("INSERT INTO m VALUES (1, map('a', 2, 'b', 1)), (2, null)");

        assertThat(rows("SELECT x['a'], x['b'], size(x) FROM m WHERE id = 1")).containsExactly("[2,1,2]");
        assertThat(rows("SELECT x FROM m WHERE id = 2")).containsExactly("[null]");
        assertThat(rows("DESCRIBE m")).contains("[x,map<string,int>,null]");
    }

    @Test
    void bytesHaveTheLengthThatTheirTypeSays() throws Exception {
        store("fixed", DataTypes.BINARY(2));
        store("limited", DataTypes.VARBINARY(2));
        run("INSERT INTO fixed VALUES (1, X'0102'), (2, null)").run("INSERT INTO limited VALUES (1, X'01'), (2, X'')");

        assertThat(rows("SELECT hex(x) FROM fixed ORDER BY id")).containsExactly("[0102]", "[null]");
        assertThat(rows("SELECT hex(x) FROM limited ORDER BY id")).containsExactly("[01]", "[]");
        assertThatThrownBy(() -> run("INSERT INTO fixed VALUES (3, X'01')"))
                .hasStackTraceContaining("A binary of 1 bytes is not of the length of a column of the type BINARY(2)");
        assertThatThrownBy(() -> run("INSERT INTO limited VALUES (3, X'010203')"))
                .hasStackTraceContaining("A binary of 3 bytes does not fit into a column of the type VARBINARY(2)");
    }

    @Test
    void aBlobIsReadAsBytesAndItsRowsAreOnlyAdded() throws Exception {
        run("CREATE TABLE b (id INT, x BINARY) TBLPROPERTIES ('blob-field'='x', 'row-tracking.enabled'='true',"
                        + " 'data-evolution.enabled'='true')")
                .run("INSERT INTO b VALUES (1, X'0102'), (2, null)");

        assertThat(stored("b").rowType().getField("x").type().asSQLString()).isEqualTo("BLOB");
        assertThat(rows("SELECT id, hex(x) FROM b ORDER BY id")).containsExactly("[1,0102]", "[2,null]");
        assertThat(rows("SELECT id FROM b ORDER BY id")).containsExactly("[1]", "[2]");
        assertThatThrownBy(() -> run("DELETE FROM b WHERE id = 1")).hasMessageContaining("data-evolution.enabled");
    }

    @Test
    void aVectorIsAnArrayOfItsLength() throws Exception {
        String vector = "'vector-field'='x', 'field.x.vector-dim'='3'";
        run("CREATE TABLE e (id INT, x ARRAY<FLOAT>) TBLPROPERTIES (" + vector + ", 'file.format'='avro')")
                .run("INSERT INTO e VALUES (1, array(1F, 2F, 3F)), (2, null)");

        assertThat(stored("e").rowType().getField("x").type().asSQLString()).isEqualTo("VECTOR<FLOAT NOT NULL, 3>");
        assertThat(rows("SELECT CAST(x AS STRING) FROM e ORDER BY id")).containsExactly("[[1.0, 2.0, 3.0]]", "[null]");
        assertThatThrownBy(() -> run("CREATE TABLE f (x ARRAY<FLOAT>) TBLPROPERTIES ('vector-field'='x')"))
                .hasMessageContaining("'field.x.vector-dim'");
        for (String format : new String[] {"parquet", "orc"}) {
            assertThatThrownBy(() -> run("CREATE TABLE f (id INT, x ARRAY<FLOAT>) TBLPROPERTIES (" + vector
                            + ", 'file.format'='" + format + "')"))
                    .hasMessageContaining("Unsupported type: VECTOR");
        }
    }

    @Test
    void aVectorOfAnotherLengthIsRefused() {
        run("CREATE TABLE e (id INT, x ARRAY<FLOAT>) TBLPROPERTIES ('vector-field'='x', 'field.x.vector-dim'='3',"
                + " 'file.format'='avro')");

        assertThatThrownBy(() -> run("INSERT INTO e VALUES (3, array(1F))")).hasStackTraceContaining("VECTOR");
        assertThat(rows("SELECT * FROM e")).isEmpty();
    }

    /** As the README says: Paimon's writer of ORC has times in the calendar of {@code java.sql.Timestamp}. */
    @Test
    void whatOrcShiftsAreTimesOfTheOldCalendarAndOfTheSecondBeforeTheEpoch() {
        run("CREATE TABLE o (id INT, n TIMESTAMP_NTZ, z TIMESTAMP) USING orc");
        String[] times = {
            "1582-10-15 00:00:00", "1969-12-31 23:59:58.5", "1582-10-10 12:00:00", "1969-12-31 23:59:59.999999"
        };
        for (int i = 0; i < times.length; i++) {
            run("INSERT INTO o VALUES (" + i + ", TIMESTAMP_NTZ'" + times[i] + "', TIMESTAMP'" + times[i] + "')");
        }

        assertThat(rows("SELECT CAST(n AS STRING), CAST(z AS STRING) FROM o ORDER BY id"))
                .containsExactly(
                        "[1582-10-15 00:00:00,1582-10-15 00:00:00]",
                        "[1969-12-31 23:59:58.5,1969-12-31 23:59:58.5]",
                        "[1582-10-20 12:00:00,1582-10-10 12:00:00]",
                        "[1970-01-01 00:00:00.999999,1970-01-01 00:00:00.999999]");
    }
}
