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

import org.apache.paimon.types.DataField;
import org.apache.paimon.utils.DefaultValueUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults of columns, which are kept as texts that every engine reads. */
class DefaultValuesTest extends SharedCatalogFixture {

    private int tables;

    private String newTable(String columns) {
        String name = "t" + ++tables;
        run("CREATE TABLE " + name + " (id INT, " + columns + ")");
        return name;
    }

    /** What other engines read of the text that is kept, and what Spark stores. */
    private void assertDefault(String table, String value) throws Exception {
        DataField column = stored(table).rowType().getField("x");
        run("INSERT INTO " + table + " (id) VALUES (1)");

        assertThat(DefaultValueUtils.convertDefaultValue(column.type(), column.defaultValue()))
                .asString()
                .isEqualTo(value);
        assertThat(rows("SELECT CAST(x AS STRING) FROM " + table)).containsExactly("[" + value.replace('T', ' ') + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "STRING        | 'it''s'                      | it's",
                "STRING        | 'it\\'s \\\\ x'             | it's \\ x",
                "STRING        | \"it's\"                     | it's",
                "STRING        | \"'q'\"                      | 'q'",
                "STRING        | \"'\"                        | '",
                "STRING        | ''                           | ##",
                "STRING        | \"now\"                      | now",
                "STRING        | concat('a', 'b')             | ab",
                "CHAR(3)       | 'abc'                        | abc",
                "BIGINT        | -5                           | -5",
                "INT           | 1 + 1                        | 2",
                "DOUBLE        | 1e3                          | 1000.0",
                "DECIMAL(5,2)  | 3.7                          | 3.70",
                "BOOLEAN       | true                         | true",
                "TIMESTAMP_NTZ | TIMESTAMP_NTZ'1969-12-31 23:59:59.999999' | 1969-12-31T23:59:59.999999",
                "TIMESTAMP_NTZ | TIMESTAMP_NTZ'2021-01-02 03:04:05' | 2021-01-02T03:04:05"
            })
    void aDefaultIsTheValueOfItsExpressionInAllEngines(String type, String expression, String value) throws Exception {
        assertDefault(newTable("x " + type + " DEFAULT " + expression), value);

        String altered = newTable("x " + type);
        run("ALTER TABLE " + altered + " ALTER COLUMN x SET DEFAULT " + expression);
        assertDefault(altered, value);
    }

    @Test
    void aDefaultOfADateIsADate() throws Exception {
        String table = newTable("x DATE DEFAULT '2020-02-29'");
        run("INSERT INTO " + table + " (id) VALUES (1)");

        assertThat(stored(table).rowType().getField("x").defaultValue()).isEqualTo("2020-02-29");
        assertThat(rows("SELECT x FROM " + table)).containsExactly("[2020-02-29]");
    }

    @Test
    void aShortTextOfCharIsFilledUpWithBlanks() throws Exception {
        String table = newTable("x CHAR(3) DEFAULT 'a'");
        run("INSERT INTO " + table + " (id) VALUES (1)");

        assertThat(stored(table).rowType().getField("x").defaultValue()).isEqualTo("a");
        assertThat(rows("SELECT concat(x, '|') FROM " + table)).containsExactly("[a  |]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "TIMESTAMP | TIMESTAMP'2021-01-01 00:00:00' | has a DEFAULT of the type TIMESTAMP",
                "BINARY    | X'01'                          | has a DEFAULT of the type BINARY",
                "TIME(3)   | TIME'01:02:03'                 | has a DEFAULT of the type TIME(3)",
                "DATE      | current_date()                 | stores constants only",
                "STRING    | current_user()                 | stores constants only",
                "INT       | null                           | which is no constant"
            })
    void whatIsNotKeptIsRefused(String type, String expression, String words) {
        assertThatThrownBy(() -> newTable("x " + type + " DEFAULT " + expression))
                .hasMessageContaining(words);
        String altered = newTable("x " + type);
        assertThatThrownBy(() -> run("ALTER TABLE " + altered + " ALTER COLUMN x SET DEFAULT " + expression))
                .hasMessageContaining(words);
    }

    /** A column that comes later, and whose default holds for rows to come. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'bucket'='-1'",
                "'bucket'='-1', 'deletion-vectors.enabled'='true'",
                "'bucket'='1', 'primary-key'='id'",
            })
    void aNullThatNoStatementNamesIsKeptByOnesThatWriteItsRowAnew(String properties) {
        String name = "kept" + ++tables;
        run("CREATE TABLE " + name + " (id INT, v INT) TBLPROPERTIES (" + properties + ")");
        run("INSERT INTO " + name + " SELECT CAST(id AS INT), 0 FROM range(1, 4, 1, 1)");
        run("ALTER TABLE " + name + " ADD COLUMN n INT");
        run("ALTER TABLE " + name + " ALTER COLUMN n SET DEFAULT 7");

        run("DELETE FROM " + name + " WHERE id = 3");
        run("UPDATE " + name + " SET v = 1 WHERE id = 2");
        run("MERGE INTO " + name + " t USING (SELECT 2 AS k UNION ALL SELECT 9) s ON t.id = s.k"
                + " WHEN MATCHED THEN UPDATE SET v = 2 WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.k, 0)");

        assertThat(rows("SELECT * FROM " + name + " ORDER BY id"))
                .containsExactly("[1,0,null]", "[2,2,null]", "[9,0,7]");
    }
}
