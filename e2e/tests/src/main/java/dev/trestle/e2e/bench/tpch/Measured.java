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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A query that is measured; its tables are those of the session's schema. */
public record Measured(String name, String sql) {

    private static final int QUERIES = 22;

    /** How the geometric means are formed. */
    enum Group {
        SCANS("scans", Set.of("count(*)", "one column", "Q1", "Q6")),
        JOINS("joins", Set.of("Q3", "Q5", "Q10", "Q18")),
        ALL("all 22", Measured.queries().map(number -> "Q" + number).toList());

        private final String title;
        private final Set<String> queries;

        Group(String title, Collection<String> queries) {
            this.title = title;
            this.queries = Set.copyOf(queries);
        }

        String title() {
            return title;
        }

        boolean has(String query) {
            return queries.contains(query);
        }
    }

    public Measured {
        requireNonNull(name, "name is null");
        requireNonNull(sql, "sql is null");
    }

    /** Two scans, and the 22 queries of TPC-H with the parameters that it validates with. */
    public static List<Measured> all() {
        return Stream.concat(
                        Stream.of(
                                new Measured("count(*)", "SELECT count(*) FROM lineitem"),
                                new Measured("one column", "SELECT sum(l_extendedprice) FROM lineitem")),
                        queries().map(Measured::query))
                .toList();
    }

    /** Tells a query from the statements that write. */
    static boolean isQuery(String name) {
        return Group.SCANS.has(name) || Group.ALL.has(name);
    }

    private static Stream<Integer> queries() {
        return IntStream.rangeClosed(1, QUERIES).boxed();
    }

    private static Measured query(int number) {
        String resource = "/dev/trestle/e2e/tpch/q" + number + ".sql";
        try (InputStream text = Measured.class.getResourceAsStream(resource)) {
            return new Measured(
                    "Q" + number,
                    new String(requireNonNull(text, resource).readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
