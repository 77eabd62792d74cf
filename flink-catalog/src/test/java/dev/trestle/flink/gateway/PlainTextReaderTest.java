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

import static dev.trestle.flink.gateway.ScriptedGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextReaderTest {

    private static final String INT_PAIR =
            "{'type':'ROW','fields':[{'name':'a','fieldType':{'type':'INTEGER'}},{'name':'b','fieldType':{'type':'INTEGER'}}]}";

    @Test
    void readsNumbersAndTruth() {
        assertThat(read("{'type':'BOOLEAN'}", "TRUE")).isEqualTo(true);
        assertThat(read("{'type':'SMALLINT'}", "-1")).isEqualTo(-1);
        assertThat(read("{'type':'BIGINT'}", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(read("{'type':'DECIMAL','precision':10,'scale':2}", "5.00")).isEqualTo(new BigDecimal("5.00"));
        assertThat(read("{'type':'FLOAT'}", "1.0E10")).isEqualTo(1e10f);
        assertThat(read("{'type':'DOUBLE'}", "-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void readsTextAsItIs() {
        assertThat(read("{'type':'VARCHAR'}", " a 'b' ")).isEqualTo(" a 'b' ");
    }

    @Test
    void readsBytes() {
        assertThat(read("{'type':'VARBINARY'}", "x'0aFF'")).isEqualTo(new byte[] {0x0a, (byte) 0xff});
        assertThat(read("{'type':'VARBINARY'}", "x''")).isEqualTo(new byte[0]);
    }

    @Test
    void readsTimes() {
        assertThat(read("{'type':'DATE'}", "2026-02-28")).isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(read("{'type':'TIME_WITHOUT_TIME_ZONE'}", "10:11:12.5"))
                .isEqualTo(LocalTime.of(10, 11, 12, 500_000_000));
        assertThat(read("{'type':'TIMESTAMP_WITHOUT_TIME_ZONE'}", "2026-02-28 10:11:12"))
                .isEqualTo(LocalDateTime.of(2026, 2, 28, 10, 11, 12));
        assertThat(read("{'type':'TIMESTAMP_WITH_LOCAL_TIME_ZONE'}", "2026-02-28 10:11:12.500"))
                .isEqualTo(Instant.parse("2026-02-28T10:11:12.500Z"));
    }

    @Test
    void readsIntervals() {
        String months = "{'type':'INTERVAL_YEAR_MONTH','resolution':'MONTH'}";
        String time = "{'type':'INTERVAL_DAY_TIME','resolution':'SECOND'}";

        assertThat(read(months, "+1-02")).isEqualTo(Period.of(1, 2, 0));
        assertThat(read(months, "-1-02")).isEqualTo(Period.of(-1, -2, 0));
        assertThat(read(time, "+0 00:00:01.000")).isEqualTo(Duration.ofSeconds(1));
        assertThat(read(time, "-1 02:03:04.500"))
                .isEqualTo(Duration.ofDays(1)
                        .plusHours(2)
                        .plusMinutes(3)
                        .plusMillis(4500)
                        .negated());
    }

    @Test
    void takesNestedValuesWithoutTextsApart() {
        assertThat(read(
                        "{'type':'ARRAY','elementType':{'type':'ARRAY','elementType':{'type':'INTEGER'}}}",
                        "[[1], [2, NULL], []]"))
                .isEqualTo(List.of(List.of(1), Arrays.asList(2, null), List.of()));
        assertThat(read(
                        "{'type':'MAP','keyType':{'type':'INTEGER'},'valueType':{'type':'DATE'}}",
                        "{1=2026-02-28, 2=NULL}"))
                .hasToString("{1=2026-02-28, 2=null}");
        assertThat(read("{'type':'MULTISET','elementType':{'type':'INTEGER'}}", "{1=2, 2=1}"))
                .isEqualTo(Map.of(1, 2, 2, 1));
        assertThat(read(INT_PAIR, "(1, NULL)")).hasToString("{a=1, b=null}");
        assertThat(read(
                        "{'type':'ARRAY','elementType':{'type':'TIMESTAMP_WITHOUT_TIME_ZONE'}}",
                        "[2026-02-28 10:11:12.5]"))
                .isEqualTo(List.of(LocalDateTime.of(2026, 2, 28, 10, 11, 12, 500_000_000)));
    }

    @Test
    void leavesNestedValuesWithTextsWhole() {
        assertThat(read("{'type':'ARRAY','elementType':{'type':'VARCHAR'}}", "[a, b, c]"))
                .isEqualTo("[a, b, c]");
        assertThat(read("{'type':'MAP','keyType':{'type':'INTEGER'},'valueType':{'type':'VARIANT'}}", "{1=[2]}"))
                .isEqualTo("{1=[2]}");
    }

    @Test
    void keepsTheTextOfAnUnknownType() {
        assertThat(read("{'type':'VARIANT'}", "{\"a\":1}")).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOLEAN|yes",
                "INTEGER|1.5",
                "DATE|2026",
                "BINARY|0aff",
                "INTERVAL_YEAR_MONTH|14",
                "INTERVAL_DAY_TIME|1000"
            })
    void refusesAValueOfAnotherType(String type, String text) {
        assertThatThrownBy(() -> read("{'type':'" + type + "'}", text))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining(type)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"(1)", "(1, 2, 3)", "(1, 2)x", "[1, 2]", "(1,2)"})
    void refusesARowOfAnotherForm(String text) {
        assertThatThrownBy(() -> read(INT_PAIR, text)).isInstanceOf(UnexpectedAnswerException.class);
    }

    private static Object read(String type, String text) {
        return PlainTextReader.read(ColumnTypeReader.read(json(type)), text);
    }
}
