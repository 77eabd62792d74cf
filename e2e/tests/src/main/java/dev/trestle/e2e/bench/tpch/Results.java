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
package dev.trestle.e2e.bench.tpch;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What was measured: the executions of each statement by each side, of which the median counts.
 *
 * @param <S> the sides
 */
final class Results<S extends Compared<S>> {

    private static final String NONE = "-";

    private final List<S> sides;
    private final List<Pair<S>> pairs;
    private final Map<String, Map<S, List<Execution>>> executions = new LinkedHashMap<>();

    private record Pair<S extends Compared<S>>(S side, S base) {
        String title() {
            return side.title() + " / " + base.title();
        }
    }

    Results(List<S> sides) {
        this.sides = List.copyOf(sides);
        this.pairs = sides.stream()
                .flatMap(side -> side.bases().stream().filter(sides::contains).map(base -> new Pair<>(side, base)))
                .toList();
    }

    void add(String statement, S side, Execution execution) {
        executions
                .computeIfAbsent(statement, name -> new LinkedHashMap<>())
                .computeIfAbsent(side, name -> new ArrayList<>())
                .add(execution);
    }

    /** Times, processor times, planning times and calls of each statement. */
    String tables() {
        return "Time in ms: medians\n" + table(Execution::nanos, 1_000_000) + "\n\nProcessor time in ms\n"
                + table(Execution::cpuMillis, 1) + "\n\nPlanning time in ms\n"
                + table(Execution::planningMillis, 1) + "\n\nREST calls\n"
                + table(Execution::calls, 1);
    }

    private String table(ToLongFunction<Execution> value, long divisor) {
        List<List<String>> rows = executions.keySet().stream()
                .map(statement -> Stream.concat(
                                Stream.of(statement),
                                sides.stream().map(side -> cell(median(statement, side, value), divisor)))
                        .toList())
                .toList();
        return table("", sides.stream().map(Compared::title).toList(), rows);
    }

    private static String cell(OptionalLong value, long divisor) {
        return value.isPresent() ? "" + value.getAsLong() / divisor : NONE;
    }

    /** The shares of the time of other sides, of each statement and of the groups; then those of the processor time. */
    String shares() {
        return shares("share of time", Execution::nanos) + "\n\n"
                + shares("share of processor time", Execution::cpuMillis);
    }

    private String shares(String title, ToLongFunction<Execution> value) {
        List<List<String>> rows = new ArrayList<>();
        executions.keySet().forEach(statement -> rows.add(row(statement, statement::equals, value)));
        for (Measured.Group group : Measured.Group.values()) {
            rows.add(row("geometric mean: " + group.title(), group::has, value));
        }
        return table(title, pairs.stream().map(Pair::title).toList(), rows);
    }

    /** How far it is: a line for each pair of sides, with its shares of the time; nothing before the first round. */
    String means() {
        StringBuilder text = new StringBuilder();
        for (Pair<S> pair : executions.isEmpty() ? List.<Pair<S>>of() : pairs) {
            text.append("  ").append(pair.title()).append(':');
            for (Measured.Group group : Measured.Group.values()) {
                text.append(' ').append(group.title()).append(' ').append(share(pair, group::has, Execution::nanos));
            }
            executions.keySet().stream()
                    .filter(statement -> !Measured.isQuery(statement))
                    .forEach(statement -> text.append(", ")
                            .append(statement)
                            .append(' ')
                            .append(share(pair, statement::equals, Execution::nanos)));
            text.append('\n');
        }
        return text.toString();
    }

    private List<String> row(String title, Predicate<String> statements, ToLongFunction<Execution> value) {
        return Stream.concat(Stream.of(title), pairs.stream().map(pair -> share(pair, statements, value)))
                .toList();
    }

    /** The geometric mean of the shares; a statement counts that both sides ran, and whose time is long enough to be one. */
    private String share(Pair<S> pair, Predicate<String> statements, ToLongFunction<Execution> value) {
        OptionalDouble mean = executions.keySet().stream()
                .filter(statements)
                .filter(statement -> isPositive(median(statement, pair.side(), value))
                        && isPositive(median(statement, pair.base(), value)))
                .mapToDouble(statement ->
                        Math.log((double) median(statement, pair.side(), value).orElseThrow()
                                / median(statement, pair.base(), value).orElseThrow()))
                .average();
        return mean.isPresent() ? "%.2f".formatted(Math.exp(mean.getAsDouble())) : NONE;
    }

    private static boolean isPositive(OptionalLong value) {
        return value.isPresent() && value.getAsLong() > 0;
    }

    private OptionalLong median(String statement, S side, ToLongFunction<Execution> value) {
        long[] values = executions.get(statement).getOrDefault(side, List.of()).stream()
                .mapToLong(value)
                .sorted()
                .toArray();
        return values.length == 0 ? OptionalLong.empty() : OptionalLong.of(values[values.length / 2]);
    }

    private static String table(String title, List<String> columns, List<List<String>> rows) {
        List<Column> header = new ArrayList<>();
        header.add(new Column().header(title).dataAlign(HorizontalAlign.LEFT));
        columns.forEach(column -> header.add(new Column().header(column)));
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                header.toArray(Column[]::new),
                rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }
}
