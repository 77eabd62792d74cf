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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows that a query must answer, in order, as text: decimals plain, dates as in ISO 8601.
 *
 * @param columns the names
 * @param rows a text for each column
 */
public record ExpectedRows(List<String> columns, List<List<String>> rows) {

    private static final String SEPARATOR = "|";

    public ExpectedRows {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Reads what {@link #format} writes. */
    static ExpectedRows parse(String text) {
        List<List<String>> lines = text.lines()
                .map(line -> Arrays.asList(line.split("\\" + SEPARATOR, -1)))
                .collect(Collectors.toCollection(ArrayList::new));
        return new ExpectedRows(lines.remove(0), lines);
    }

    /** A line of names, then a line for each row. */
    String format() {
        StringBuilder text = new StringBuilder(String.join(SEPARATOR, columns)).append('\n');
        rows.forEach(row -> text.append(String.join(SEPARATOR, row)).append('\n'));
        return text.toString();
    }

    /**
     * Tells the first difference to what an engine answered, or nothing if there is none. Decimals are equal if they are the
     * same number, to the last digit; anything else, if its text is the same.
     */
    public Optional<String> differenceTo(List<? extends List<?>> answered) {
        if (answered.size() != rows.size()) {
            return Optional.of(rows.size() + " rows are expected, " + answered.size() + " came");
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                String expected = rows.get(row).get(column);
                Object value = answered.get(row).get(column);
                if (!isSame(expected, value)) {
                    return Optional.of("row " + (row + 1) + ", column " + columns.get(column) + ": " + expected
                            + " is expected, " + value + " came");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(String expected, Object value) {
        if (value instanceof BigDecimal number) {
            return number.compareTo(new BigDecimal(expected)) == 0;
        }
        return expected.equals(String.valueOf(value));
    }
}
