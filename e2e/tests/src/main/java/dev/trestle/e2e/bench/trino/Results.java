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
package dev.trestle.e2e.bench.trino;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.trestle.e2e.bench.trino.TimedSession.Execution;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What was measured: the executions of each statement by each side, of which the median counts. */
final class Results {

    private final Map<String, Map<Side, List<Execution>>> executions = new LinkedHashMap<>();

    void add(String statement, Side side, Execution execution) {
        executions
                .computeIfAbsent(statement, name -> new EnumMap<>(Side.class))
                .computeIfAbsent(side, name -> new ArrayList<>())
                .add(execution);
    }

    /** Times, and the shares of them; then planning and calls. */
    String tables(List<Side> sides) {
        return "Time in ms: medians\n" + table(sides, Execution::nanos, 1_000_000) + "\n\nProcessor time in ms\n"
                + table(sides, Execution::cpuMillis, 1) + "\n\nPlanning time in ms\n"
                + table(sides, Execution::planningMillis, 1) + "\n\nREST calls\n"
                + table(sides, Execution::calls, 1);
    }

    private String table(List<Side> sides, ToLongFunction<Execution> value, long divisor) {
        List<Column> header = new ArrayList<>();
        header.add(new Column().header("").dataAlign(HorizontalAlign.LEFT));
        sides.forEach(side -> header.add(new Column().header(side.title())));
        List<List<String>> rows = executions.keySet().stream()
                .map(statement -> Stream.concat(
                                Stream.of(statement),
                                sides.stream().map(side -> "" + median(statement, side, value) / divisor))
                        .toList())
                .toList();
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                header.toArray(Column[]::new),
                rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }

    /** The share of the time of another side, of each statement. */
    String shares(List<Side> sides) {
        List<Side> compared = sides.stream()
                .filter(side -> side.base().filter(sides::contains).isPresent())
                .toList();
        List<Column> header = new ArrayList<>();
        header.add(new Column().header("").dataAlign(HorizontalAlign.LEFT));
        compared.forEach(side -> header.add(new Column()
                .header(side.title() + " / " + side.base().orElseThrow().title())));
        List<String[]> rows = new ArrayList<>();
        for (String statement : executions.keySet()) {
            rows.add(row(statement, compared, statement::equals));
        }
        for (Measured.Group group : Measured.Group.values()) {
            rows.add(row("geometric mean: " + group.title(), compared, group::has));
        }
        return AsciiTable.getTable(AsciiTable.NO_BORDERS, header.toArray(Column[]::new), rows.toArray(String[][]::new));
    }

    private String[] row(String title, List<Side> compared, Predicate<String> statements) {
        return Stream.concat(Stream.of(title), compared.stream().map(side -> "%.2f".formatted(share(side, statements))))
                .toArray(String[]::new);
    }

    /** The geometric mean of the shares. */
    private double share(Side side, Predicate<String> statements) {
        Side base = side.base().orElseThrow();
        return Math.exp(executions.keySet().stream()
                .filter(statements)
                .mapToDouble(statement -> Math.log(
                        (double) median(statement, side, Execution::nanos) / median(statement, base, Execution::nanos)))
                .average()
                .orElse(Double.NaN));
    }

    private long median(String statement, Side side, ToLongFunction<Execution> value) {
        List<Long> values = executions.get(statement).get(side).stream()
                .map(value::applyAsLong)
                .sorted()
                .toList();
        return values.get(values.size() / 2);
    }
}
