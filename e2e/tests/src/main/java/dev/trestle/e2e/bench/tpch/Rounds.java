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

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs statements in rounds. In each round the sides take turns statement by statement, so that what disturbs the machine
 * disturbs all; every answer is compared with the first one. After each round it prints how far it is.
 *
 * @param <S> the sides
 * @param <X> how a statement fails
 */
public final class Rounds<S extends Compared<S>, X extends Exception> {

    private static final int WARM_UP_ROUNDS = 2;
    private static final Duration LIMIT = Duration.ofHours(2);

    private final List<Statement<S, X>> statements = new ArrayList<>();
    private final Map<String, List<String>> answers = new HashMap<>();
    private final Results<S> results;

    /** Runs a statement as one of the sides. */
    @FunctionalInterface
    public interface Run<S, X extends Exception> {
        Execution run(S side) throws X;
    }

    private record Statement<S, X extends Exception>(String name, List<S> sides, Run<S, X> run) {

        /** All sides; each round begins with another. */
        List<S> turns(int round) {
            int first = sides.isEmpty() ? 0 : Math.floorMod(round, sides.size());
            return Stream.concat(sides.subList(first, sides.size()).stream(), sides.subList(0, first).stream())
                    .toList();
        }
    }

    public Rounds(List<S> sides) {
        this.results = new Results<>(sides);
    }

    /** Adds a statement that these sides run. */
    public void add(String name, List<S> sides, Run<S, X> run) {
        statements.add(new Statement<>(requireNonNull(name, "name is null"), List.copyOf(sides), run));
    }

    /**
     * Runs two rounds that warm up, then those that are measured, and prints what came of them. No round begins after two
     * hours.
     */
    public void run(int rounds) throws X {
        long start = System.nanoTime();
        int measured = 0;
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            long roundStart = System.nanoTime();
            for (Statement<S, X> statement : statements) {
                for (S side : statement.turns(round)) {
                    take(round, statement.name(), side, statement.run().run(side));
                }
            }
            measured += round >= 0 ? 1 : 0;
            long seconds = Duration.ofNanos(System.nanoTime() - roundStart).toSeconds();
            print("%s round: %d s%n%s", round < 0 ? "Warm-up" : "Measured", seconds, results.means());
            if (System.nanoTime() - start > LIMIT.toNanos() && measured > 0) {
                break;
            }
        }
        print("%d rounds%n%n%s%n%n%s%n", measured, results.tables(), results.shares());
    }

    private void take(int round, String statement, S side, Execution execution) {
        List<String> expected = answers.computeIfAbsent(statement, name -> execution.rows());
        if (!expected.equals(execution.rows())) {
            throw new IllegalStateException("%s answers %s with other rows than another side: %s, not %s"
                    .formatted(side.title(), statement, execution.rows(), expected));
        }
        if (round >= 0) {
            results.add(statement, side, execution);
        }
    }

    @SuppressWarnings("SystemOut") // A command that a person runs.
    private static void print(String format, Object... values) {
        System.out.printf(format, values);
    }
}
