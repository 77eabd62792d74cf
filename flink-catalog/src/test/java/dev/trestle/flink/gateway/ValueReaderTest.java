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
package dev.trestle.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"100000.00", "1E+5", "100000"})
    void givesADecimalItsScaleBack(String sent) {
        assertThat(read("{'type':'DECIMAL','precision':10,'scale':2}", sent)).isEqualTo(new BigDecimal("100000.00"));
    }

    @Test
    void keepsAllDigitsOfADecimal() {
        assertThat(read("{'type':'DECIMAL','precision':38,'scale':4}", "1234567890123456789012345678901234.5678"))
                .isEqualTo(new BigDecimal("1234567890123456789012345678901234.5678"));
    }

    @Test
    void readsNumbers() {
        assertThat(read("{'type':'TINYINT'}", "-1")).isEqualTo(-1);
        assertThat(read("{'type':'BIGINT'}", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(read("{'type':'DOUBLE'}", "'NaN'")).isEqualTo(Double.NaN);
        assertThat(read("{'type':'DOUBLE'}", "0.1")).isEqualTo(0.1);
        assertThat(read("{'type':'FLOAT'}", "'-Infinity'")).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void readsTimes() {
        assertThat(read("{'type':'DATE'}", "'2026-02-28'")).isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(read("{'type':'TIME_WITHOUT_TIME_ZONE','precision':0}", "'10:11:12Z'"))
                .isEqualTo(LocalTime.of(10, 11, 12));
        assertThat(read("{'type':'TIMESTAMP_WITHOUT_TIME_ZONE','precision':6}", "'2026-02-28T10:11:12.000001'"))
                .isEqualTo(LocalDateTime.of(2026, 2, 28, 10, 11, 12, 1000));
        assertThat(read("{'type':'TIMESTAMP_WITH_LOCAL_TIME_ZONE','precision':3}", "'2026-02-28T10:11:12.5Z'"))
                .isEqualTo(Instant.parse("2026-02-28T10:11:12.500Z"));
    }

    @Test
    void readsIntervals() {
        assertThat(read("{'type':'INTERVAL_YEAR_MONTH','resolution':'YEAR_TO_MONTH','precision':2}", "14"))
                .isEqualTo(Period.of(1, 2, 0));
        assertThat(read("{'type':'INTERVAL_DAY_TIME','resolution':'DAY_TO_SECOND','precision':2}", "1500"))
                .isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void readsBytes() {
        assertThat(read("{'type':'VARBINARY','length':2}", "'Cv8='")).isEqualTo(new byte[] {0x0a, (byte) 0xff});
    }

    @Test
    void readsNestedValues() {
        String type =
                "{'type':'ROW','fields':[{'name':'a','fieldType':{'type':'ARRAY','elementType':{'type':'INTEGER'}}},"
                        + "{'name':'m','fieldType':{'type':'MAP','keyType':{'type':'VARCHAR'},"
                        + "'valueType':{'type':'DECIMAL','precision':3,'scale':1}}}]}";

        assertThat(read(type, "{'a':[1,null],'m':{'k':5}}"))
                .isEqualTo(Map.of("a", Arrays.asList(1, null), "m", Map.of("k", new BigDecimal("5.0"))));
        assertThat(read("{'type':'MULTISET','elementType':{'type':'VARCHAR'}}", "{'x':2}"))
                .isEqualTo(Map.of("x", 2));
    }

    @Test
    void readsNullOfAnyType() {
        assertThat(read("{'type':'ARRAY','elementType':{'type':'INTEGER'}}", "null"))
                .isNull();
    }

    @Test
    void keepsTheTextOfAnUnknownType() {
        assertThat(read("{'type':'GEOMETRY','srid':4326}", "{'x':1}")).isEqualTo("{\"x\":1}");
        assertThat(ColumnTypeReader.read(json("{'type':'GEOMETRY','srid':4326}")))
                .isEqualTo(new ColumnType.Unknown("GEOMETRY", true, "{\"type\":\"GEOMETRY\",\"srid\":4326}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TINYINT", "DATE", "DECIMAL", "DOUBLE", "TIMESTAMP_WITHOUT_TIME_ZONE"})
    void refusesAValueOfAnotherType(String type) {
        assertThatThrownBy(() -> read("{'type':'" + type + "'}", "'abc'"))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining(type)
                .hasMessageContaining("abc");
    }

    @Test
    void knowsTheColumnsOfARow() {
        ColumnType type = ColumnTypeReader.read(
                json("{'type':'ROW','nullable':false,'fields':[{'name':'a','fieldType':{'type':'CHAR','length':3}}]}"));

        assertThat(type).isInstanceOfSatisfying(ColumnType.Struct.class, struct -> {
            assertThat(struct.nullable()).isFalse();
            assertThat(struct.fields()).extracting(ColumnType.Field::name).isEqualTo(List.of("a"));
        });
    }

    private static Object read(String type, String value) {
        return ValueReader.read(ColumnTypeReader.read(json(type)), json(value));
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return GatewayTransport.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
