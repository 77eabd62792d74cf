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
package dev.trestle.e2e.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where the expected rows come from: DuckDB answers each query over the generated rows, and its answers are what is kept. To
 * write the files anew:
 *
 * <pre>{@code
 * ./mvnw test -pl e2e/tests -am -Dtest=ExpectedRowsTest -Dsurefire.failIfNoSpecifiedTests=false -Dexpected-rows.write=true
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpectedRowsTest {

    private static final Path RESOURCES = Path.of("src/main/resources/dev/trestle/e2e/tpch");

    /** The scale of Flink's averages of DECIMAL; DuckDB's are DOUBLE, exact far beyond it for numbers of this size. */
    private static final int SCALE_OF_AVERAGES = 6;

    private Connection duckdb;

    @BeforeAll
    void load(@TempDir Path directory) throws SQLException {
        TpchRows rows = new TpchRows(directory, TpchRows.QUICKSTART_SCALE).generate();
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckdb.createStatement()) {
            for (TpchTable table : TpchTable.values()) {
                statement.execute("CREATE TABLE " + table.sqlName() + " (" + table.columns() + ")");
                statement.execute("COPY " + table.sqlName() + " FROM '" + rows.file(table)
                        + "' (FORMAT csv, DELIMITER '|', HEADER false, QUOTE '')");
            }
        }
    }

    @AfterAll
    void close() throws SQLException {
        duckdb.close();
    }

    @ParameterizedTest
    @EnumSource
    void keptRowsAreDuckDbsAnswer(TpchQuery query) throws SQLException, IOException {
        ExpectedRows answer = answer(query.sql());
        if (Boolean.getBoolean("expected-rows.write")) {
            Files.writeString(RESOURCES.resolve(query.resourceName(".expected.csv")), answer.format());
        }

        assertThat(Files.readString(RESOURCES.resolve(query.resourceName(".expected.csv"))))
                .isEqualTo(answer.format());
        assertThat(answer.rows()).isNotEmpty();
    }

    @Test
    void theGeneratorMakesTheRowsOfTheScale() throws SQLException {
        assertThat(answer("SELECT COUNT(*) FROM lineitem").rows()).isEqualTo(List.of(List.of("60175")));
        assertThat(answer("SELECT COUNT(*) FROM orders").rows()).isEqualTo(List.of(List.of("15000")));
    }

    @Test
    void tellsTheFirstDifference() {
        ExpectedRows rows = ExpectedRows.parse("a|b\nx|1.50\ny|2.00\n");

        assertThat(rows.differenceTo(
                        List.of(List.of("x", new BigDecimal("1.5")), List.of("y", new BigDecimal("2.0000")))))
                .isEmpty();
        assertThat(rows.differenceTo(
                        List.of(List.of("x", new BigDecimal("1.5")), List.of("y", new BigDecimal("2.0001")))))
                .contains("row 2, column b: 2.00 is expected, 2.0001 came");
        assertThat(rows.differenceTo(List.of())).contains("2 rows are expected, 0 came");
    }

    private ExpectedRows answer(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData description = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= description.getColumnCount(); i++) {
                columns.add(description.getColumnLabel(i));
            }
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(text(result.getObject(i)));
                }
                rows.add(row);
            }
            return new ExpectedRows(columns, rows);
        }
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return BigDecimal.valueOf(number)
                    .setScale(SCALE_OF_AVERAGES, RoundingMode.HALF_UP)
                    .toPlainString();
        }
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }
}
