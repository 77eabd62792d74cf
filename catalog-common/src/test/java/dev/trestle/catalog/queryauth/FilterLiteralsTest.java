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

import static dev.trestle.server.suite.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.server.catalog.QueryRules;
import dev.trestle.server.suite.Rows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.JsonSerdeUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a filter compares with, by the type of the column. */
@Timeout(60)
class FilterLiteralsTest extends RestrictedLake {

    private static final RowType TYPE = RowType.of(
            DataTypes.BOOLEAN(),
            DataTypes.TINYINT(),
            DataTypes.SMALLINT(),
            DataTypes.INT(),
            DataTypes.BIGINT(),
            DataTypes.FLOAT(),
            DataTypes.DOUBLE(),
            DataTypes.DECIMAL(20, 2),
            DataTypes.STRING(),
            DataTypes.CHAR(2),
            DataTypes.VARCHAR(9),
            DataTypes.DATE(),
            DataTypes.TIME(3),
            DataTypes.TIMESTAMP(6),
            DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3));

    private static final GenericRow WANTED = row(
            true,
            (byte) -1,
            (short) 2,
            3,
            1L << 60,
            1.5f,
            2.25,
            Decimal.fromBigDecimal(new BigDecimal("123456789012345678.90"), 20, 2),
            "a \"b\"",
            "cd",
            "é",
            20_000,
            3_600_000,
            Timestamp.fromMicros(1_700_000_000_123_456L),
            Timestamp.fromEpochMillis(1_700_000_000_123L));

    private static final GenericRow OTHER = row(
            false,
            (byte) 1,
            (short) 3,
            4,
            (1L << 60) + 1,
            1.25f,
            2.5,
            Decimal.fromBigDecimal(new BigDecimal("123456789012345678.91"), 20, 2),
            "a 'b'",
            "ce",
            "e",
            20_001,
            3_600_001,
            Timestamp.fromMicros(1_700_000_000_123_457L),
            Timestamp.fromEpochMillis(1_700_000_000_124L));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DATE | \"2024-10-04\"",
                "TIME(3) | \"01:00\"",
                "TIMESTAMP(6) | \"2023-11-14T22:13:20.123456\"",
                "TIMESTAMP(3) WITH LOCAL TIME ZONE | \"2023-11-14T22:13:20.123Z\"",
                "DECIMAL(20, 2) | 123456789012345678.9"
            })
    void isReadAsOthersWriteIt(String type, String literal) throws Exception {
        fillWithTypes();
        int column = TYPE.getFields().stream()
                .filter(field -> field.type().asSQLString().equals(type))
                .findFirst()
                .orElseThrow()
                .id();
        restrict(new QueryRules(List.of(Rule.filter("f" + column, type, "EQUAL", literal)), Map.of()));

        assertThat(Rows.read(table()))
                .containsExactly(Rows.read(admin.getTable(T)).get(2));
    }

    @Test
    void isReadAsPaimonWritesIt() throws Exception {
        fillWithTypes();
        String shown = Rows.read(admin.getTable(T)).get(2);
        for (int i = 0; i < TYPE.getFieldCount(); i++) {
            DataType column = TYPE.getTypeAt(i);
            String filter = JsonSerdeUtil.toFlatJson(new PredicateBuilder(TYPE).equal(i, WANTED.getField(i)));
            restrict(new QueryRules(List.of(filter), Map.of()));

            assertThat(Rows.read(table())).as(column + ": " + filter).containsExactly(shown);
        }
    }

    /** The row that is wanted comes last, in the order of texts. */
    private void fillWithTypes() throws Exception {
        Schema.Builder schema = Schema.newBuilder().option("query-auth.enabled", "true");
        TYPE.getFields().forEach(field -> schema.column(field.name(), field.type()));
        admin.createTable(T, schema.build(), false);
        Rows.write(admin.getTable(T), WANTED);
        Rows.write(admin.getTable(T), OTHER, new GenericRow(TYPE.getFieldCount()));
    }
}
