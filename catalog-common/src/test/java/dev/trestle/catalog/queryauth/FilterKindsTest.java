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
package dev.trestle.catalog.queryauth;

import static dev.trestle.server.suite.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.server.catalog.QueryRules;
import dev.trestle.server.suite.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of filter that the README names lets exactly the rows through that it should. */
@Timeout(60)
class FilterKindsTest {

    private static final Identifier T = RestrictedLake.T;

    private static final List<String> ROWS = List.of(
            "[1, US, ann, s1, 10]",
            "[2, EU, bob, s2, 20]",
            "[3, EU, cid, s3, 30]",
            "[4, US, dan, s4, 40]",
            "[5, null, null, null, null]");

    private static final String EU = Rule.filter("region", "STRING", "EQUAL", "\"EU\"");
    private static final String POOR = ofSalary("LESS_THAN", "30");
    private static final String ANN = ofName("EQUAL", "\"ann\"");
    private static final String UNPAID = ofSalary("IS_NULL", "");

    private static RestrictedLake plain;
    private static RestrictedLake partitioned;
    private static RestrictedLake keyed;

    /** The same rows, of which the last has an id only, each time. */
    @BeforeAll
    static void fill(@TempDir Path directory) throws Exception {
        plain = lake(directory.resolve("plain"));
        plain.fill(RestrictedLake.schema().build());
        Rows.write(plain.admin.getTable(T), row(5, null, null, null, null));
        partitioned = lake(directory.resolve("partitioned"));
        partitioned.fill(RestrictedLake.schema()
                .partitionKeys("region", "name", "salary")
                .build());
        Rows.write(partitioned.admin.getTable(T), row(5, null, null, null, null));
        keyed = lake(directory.resolve("keyed"));
        fillByKey();
    }

    /** Rows that were other ones before, which would pass other filters. */
    private static void fillByKey() throws Exception {
        keyed.fill(
                RestrictedLake.schema().primaryKey("id").option("bucket", "1").build());
        Rows.write(
                keyed.admin.getTable(T),
                row(1, "EU", "bob", "s2", 20),
                row(2, "US", "dan", "s4", 40),
                row(3, null, null, null, null),
                row(4, "US", "ann", "s1", 10),
                row(5, "EU", "cid", "s3", 30));
        Rows.write(
                keyed.admin.getTable(T),
                row(1, "US", "ann", "s1", 10),
                row(2, "EU", "bob", "s2", 20),
                row(3, "EU", "cid", "s3", 30),
                row(4, "US", "dan", "s4", 40),
                row(5, null, null, null, null));
    }

    private static RestrictedLake lake(Path directory) throws Exception {
        RestrictedLake lake = new RestrictedLake() {};
        lake.directory = directory;
        lake.start();
        return lake;
    }

    @AfterAll
    static void stop() {
        for (RestrictedLake lake : List.of(plain, partitioned, keyed)) {
            lake.stop();
        }
    }

    /** A kind, a filter of it, and the ids of the rows that pass, of {@link #ROWS}. */
    private static Arguments filter(String kind, String filter, int... ids) {
        return Arguments.of(kind, filter, ids);
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                filter("EQUAL", ofName("EQUAL", "\"bob\""), 2),
                filter("NOT_EQUAL", ofSalary("NOT_EQUAL", "20"), 1, 3, 4),
                filter("LESS_THAN", ofSalary("LESS_THAN", "20"), 1),
                filter("LESS_OR_EQUAL", ofSalary("LESS_OR_EQUAL", "20"), 1, 2),
                filter("GREATER_THAN", ofSalary("GREATER_THAN", "30"), 4),
                filter("GREATER_OR_EQUAL", ofSalary("GREATER_OR_EQUAL", "30"), 3, 4),
                filter("BETWEEN", ofSalary("BETWEEN", "20,30"), 2, 3),
                filter("NOT_BETWEEN", ofSalary("NOT_BETWEEN", "20,30"), 1, 4),
                filter("IN", ofSalary("IN", "10,40,50"), 1, 4),
                filter("NOT_IN", ofSalary("NOT_IN", "10,40,50"), 2, 3),
                filter("LIKE", ofName("LIKE", "\"_i%\""), 3),
                filter("STARTS_WITH", ofName("STARTS_WITH", "\"b\""), 2),
                filter("ENDS_WITH", ofName("ENDS_WITH", "\"n\""), 1, 4),
                filter("CONTAINS", ofName("CONTAINS", "\"i\""), 3),
                filter("IS_NULL", ofName("IS_NULL", ""), 5),
                filter("IS_NOT_NULL", ofName("IS_NOT_NULL", ""), 1, 2, 3, 4),
                filter("TRUE", constant("TRUE"), 1, 2, 3, 4, 5),
                filter("FALSE", constant("FALSE")));
    }

    static Stream<Arguments> compounds() {
        return Stream.of(
                filter("AND", Rule.compound("AND", EU, POOR), 2),
                filter("OR", Rule.compound("OR", ANN, UNPAID), 1, 5),
                filter("AND of ORs", Rule.compound("AND", Rule.compound("OR", ANN, EU, UNPAID), POOR), 1, 2),
                filter("OR of ANDs", Rule.compound("OR", Rule.compound("AND", EU, POOR), UNPAID), 2, 5),
                filter("OR of one", Rule.compound("OR", ANN), 1));
    }

    static Stream<Arguments> transforms() {
        return Stream.of(
                filter("UPPER", of(Rule.transform("UPPER", name()), "EQUAL", "\"BOB\""), 2),
                filter("LOWER", of(Rule.transform("LOWER", region()), "IN", "\"us\",\"cn\""), 1, 4),
                filter("CONCAT", of(Rule.transform("CONCAT", region(), "\"-\"", name()), "LIKE", "\"EU-c%\""), 3),
                filter(
                        "CONCAT_WS",
                        of(Rule.transform("CONCAT_WS", "\".\"", region(), name()), "EQUAL", "\"US.dan\""),
                        4),
                filter("CAST", of(Rule.cast("salary", "INT", "STRING"), "STARTS_WITH", "\"3\""), 3),
                filter("NULL", of(Rule.nothing(), "IS_NULL", ""), 1, 2, 3, 4, 5));
    }

    private static String ofName(String function, String literals) {
        return Rule.filter("name", "STRING", function, literals);
    }

    private static String ofSalary(String function, String literals) {
        return Rule.filter("salary", "INT", function, literals);
    }

    private static String constant(String function) {
        return of(Rule.nothing(), function, "");
    }

    private static String of(String transform, String function, String literals) {
        return Rule.filter(transform, function, literals);
    }

    private static String name() {
        return Rule.column("name", "STRING");
    }

    private static String region() {
        return Rule.column("region", "STRING");
    }

    @Test
    void allFunctionsOfTheReadmeAreTestedHere() throws IOException {
        String row = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| Filters |"))
                .findFirst()
                .orElseThrow();
        List<String> named = Pattern.compile("`([A-Z_]+)`")
                .matcher(row)
                .results()
                .map(name -> name.group(1))
                .toList();

        assertThat(Stream.concat(functions(), compounds().limit(2)).map(each -> (String) each.get()[0]))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"functions", "compounds", "transforms"})
    void letsTheRowsThroughThatAFilterAllows(String kind, String filter, int... ids) throws Exception {
        assertThat(shown(plain, filter)).as(filter).containsExactly(rows(ids));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"functions", "compounds"})
    void choosesThePartitionsThatAFilterAllows(String kind, String filter, int... ids) throws Exception {
        assertThat(shown(partitioned, filter)).as(filter).containsExactly(rows(ids));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"functions", "compounds"})
    void showsNoFormerVersionOfARow(String kind, String filter, int... ids) throws Exception {
        assertThat(shown(keyed, filter)).as(filter).containsExactly(rows(ids));
    }

    @Test
    void letsTheRowsThroughThatAllFiltersAllow() throws Exception {
        String[] filters = {EU, POOR, Rule.compound("OR", ANN, ofName("EQUAL", "\"bob\""))};

        assertThat(shown(plain, filters)).containsExactly(rows(2));
    }

    private static List<String> shown(RestrictedLake lake, String... filters) throws Exception {
        lake.restrict(new QueryRules(List.of(filters), Map.of()));
        return Rows.read(lake.table());
    }

    private static String[] rows(int... ids) {
        return Arrays.stream(ids).mapToObj(id -> ROWS.get(id - 1)).toArray(String[]::new);
    }
}
