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

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.paimon.types.BlobType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlinkTypesTest {

    static Stream<Arguments> sameInBoth() {
        return Stream.of(
                Arguments.of(DataTypes.BOOLEAN(), "BOOLEAN"),
                Arguments.of(DataTypes.TINYINT(), "TINYINT"),
                Arguments.of(DataTypes.SMALLINT(), "SMALLINT"),
                Arguments.of(DataTypes.INT(), "INT"),
                Arguments.of(DataTypes.BIGINT(), "BIGINT"),
                Arguments.of(DataTypes.FLOAT(), "FLOAT"),
                Arguments.of(DataTypes.DOUBLE(), "DOUBLE"),
                Arguments.of(DataTypes.DECIMAL(38, 18), "DECIMAL(38, 18)"),
                Arguments.of(DataTypes.DECIMAL(1, 0), "DECIMAL(1, 0)"),
                Arguments.of(DataTypes.CHAR(7), "CHAR(7)"),
                Arguments.of(DataTypes.VARCHAR(9), "VARCHAR(9)"),
                Arguments.of(DataTypes.STRING(), "STRING"),
                Arguments.of(DataTypes.BINARY(3), "BINARY(3)"),
                Arguments.of(DataTypes.VARBINARY(4), "VARBINARY(4)"),
                Arguments.of(DataTypes.BYTES(), "BYTES"),
                Arguments.of(DataTypes.DATE(), "DATE"),
                Arguments.of(DataTypes.TIME(0), "TIME(0)"),
                Arguments.of(DataTypes.TIME(3), "TIME(3)"),
                Arguments.of(DataTypes.TIMESTAMP(0), "TIMESTAMP(0)"),
                Arguments.of(DataTypes.TIMESTAMP(9), "TIMESTAMP(9)"),
                Arguments.of(DataTypes.TIMESTAMP_LTZ(0), "TIMESTAMP(0) WITH LOCAL TIME ZONE"),
                Arguments.of(DataTypes.TIMESTAMP_LTZ(9), "TIMESTAMP(9) WITH LOCAL TIME ZONE"),
                Arguments.of(DataTypes.VARIANT(), "VARIANT"),
                Arguments.of(DataTypes.ARRAY(DataTypes.INT().notNull()), "ARRAY<INT NOT NULL>"),
                Arguments.of(
                        DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.DATE()), "MAP<STRING NOT NULL, DATE>"),
                Arguments.of(DataTypes.MULTISET(DataTypes.STRING()), "MULTISET<STRING>"),
                Arguments.of(
                        DataTypes.ROW(
                                DataTypes.FIELD("Case", DataTypes.INT().notNull()),
                                DataTypes.FIELD("r", DataTypes.ROW(DataTypes.FIELD("x", DataTypes.TIME(3))))),
                        "ROW<`Case` INT NOT NULL, `r` ROW<`x` TIME(3)>>"));
    }

    @ParameterizedTest
    @MethodSource("sameInBoth")
    void typesAreKeptWithTheirNullability(org.apache.flink.table.types.DataType flink, String paimon) {
        for (LogicalType type : List.of(flink.getLogicalType(), flink.notNull().getLogicalType())) {
            DataType stored = FlinkTypes.toPaimon("c", type);
            assertThat(stored.asSQLString()).isEqualTo(paimon + (type.isNullable() ? "" : " NOT NULL"));
            assertThat(FlinkTypes.toFlink(stored)).isEqualTo(type);
        }
    }

    static Stream<Arguments> withoutAHome() {
        return Stream.of(
                Arguments.of(DataTypes.TIME(4), "use TIME(3)"),
                Arguments.of(DataTypes.TIMESTAMP_WITH_TIME_ZONE(3), "use TIMESTAMP_LTZ"),
                Arguments.of(DataTypes.INTERVAL(DataTypes.YEAR(), DataTypes.MONTH()), "number of months"),
                Arguments.of(DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3)), "number of milliseconds"),
                Arguments.of(DataTypes.NULL(), "give the column a type"),
                Arguments.of(DataTypes.ARRAY(DataTypes.INTERVAL(DataTypes.MONTH())), "number of months"),
                Arguments.of(
                        DataTypes.MAP(DataTypes.STRING(), DataTypes.ROW(DataTypes.FIELD("x", DataTypes.TIME(9)))),
                        "'c.x'"),
                Arguments.of(DataTypes.BITMAP(), "use BYTES"));
    }

    @ParameterizedTest
    @MethodSource("withoutAHome")
    void aTypeWithoutAHomeIsRefusedWithItsNameAndWhatToUse(org.apache.flink.table.types.DataType type, String instead) {
        assertThatThrownBy(() -> FlinkTypes.toPaimon("c", type.getLogicalType()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(instead)
                .hasMessageContaining("'c");
    }

    @Test
    void blobsAndVectorsAreReadAsBytesAndArrays() {
        assertThat(FlinkTypes.toFlink(new BlobType()).asSummaryString()).isEqualTo("BYTES");
        assertThat(FlinkTypes.toFlink(
                                org.apache.paimon.types.DataTypes.VECTOR(3, org.apache.paimon.types.DataTypes.FLOAT()))
                        .asSummaryString())
                .isEqualTo("ARRAY<FLOAT>");
        assertThat(FlinkTypes.blob("b", DataTypes.BYTES().getLogicalType()).asSQLString())
                .isEqualTo("BLOB");
        assertThat(FlinkTypes.vector("v", DataTypes.ARRAY(DataTypes.FLOAT()).getLogicalType(), 3)
                        .asSQLString())
                .isEqualTo("VECTOR<FLOAT, 3>");
        assertThatThrownBy(() -> FlinkTypes.blob("b", DataTypes.STRING().getLogicalType()))
                .hasMessageContaining("must be declared as BYTES");
        assertThatThrownBy(() -> FlinkTypes.vector("v", DataTypes.STRING().getLogicalType(), 3))
                .hasMessageContaining("must be declared as ARRAY");
    }

    @Test
    void commentsOfFieldsAreKept() {
        LogicalType type =
                DataTypes.ROW(DataTypes.FIELD("x", DataTypes.INT(), "the x")).getLogicalType();
        var row = (org.apache.paimon.types.RowType) FlinkTypes.toPaimon("c", type);
        assertThat(row.getFields()).extracting(DataField::description).containsExactly("the x");
        assertThat(FlinkTypes.toFlink(row).getFields().get(0).getDescription()).contains("the x");
    }
}
