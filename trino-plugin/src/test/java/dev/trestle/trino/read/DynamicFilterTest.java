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
package dev.trestle.trino.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.TrestleConnectorFactory;
import dev.trestle.trino.TrestleQueryRunner;
import io.trino.execution.QueryManager;
import io.trino.metadata.InternalFunctionBundle;
import io.trino.server.BasicQueryInfo;
import io.trino.spi.function.ScalarFunction;
import io.trino.spi.function.SqlType;
import io.trino.spi.type.StandardTypes;
import io.trino.testing.DistributedQueryRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a scan does with the filters that the other side of a join finds, and how long it waits for them. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class DynamicFilterTest {

    /** A catalog that waits for filters as long as this, and not for ever. */
    private static final String HASTY = "hasty";

    private static final int PARTITIONS = 30;

    private static final AtomicReference<QueryManager> QUERIES = new AtomicReference<>();

    private TrestleQueryRunner runner;
    private PaimonTables tables;

    /** The slow side of a join. */
    public static final class Slow {

        private Slow() {}

        /** Whether the scans of the query that uses it had as many splits as there are partitions, which it waits for. */
        @ScalarFunction(value = "after_the_other_scan_has_begun", deterministic = false)
        @SqlType(StandardTypes.BOOLEAN)
        public static boolean afterTheOtherScanHasBegun(@SqlType(StandardTypes.INTEGER) long id)
                throws InterruptedException {
            long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!hasSplits() && System.nanoTime() < patience) {
                Thread.sleep(20);
            }
            return hasSplits();
        }

        private static boolean hasSplits() {
            return QUERIES.get().getQueries().stream()
                    .filter(query -> !query.getState().isDone())
                    .filter(query -> query.getQuery().contains("after_the_other_scan_has_begun"))
                    .map(BasicQueryInfo::getQueryStats)
                    .anyMatch(stats -> stats.getTotalDrivers() > PARTITIONS);
        }
    }

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        tables = new PaimonTables(runner.otherClient(), "dynamic");
        QUERIES.set(((DistributedQueryRunner) runner.trino()).getCoordinator().getQueryManager());
        runner.trino()
                .addFunctions(
                        InternalFunctionBundle.builder().scalars(Slow.class).build());
        Map<String, String> hasty = TrestleQueryRunner.catalogProperties(runner.server());
        hasty.put("trestle.dynamic-filtering.wait-timeout", "100ms");
        runner.trino().createCatalog(HASTY, TrestleConnectorFactory.NAME, hasty);
        // Of VALUES the optimizer knows the rows, and would need no dynamic filter.
        tables.create("wanted", Schema.newBuilder().column("id", DataTypes.INT()));
        tables.write("wanted", GenericRow.of(7));
    }

    private List<List<Object>> rows(String sql) {
        return runner.trino().execute(sql).getMaterializedRows().stream()
                .map(row -> row.getFields())
                .toList();
    }

    @Test
    void rowGroupsAreLeftOutByTheFilterOfAJoin() throws Exception {
        tables.create(
                "groups",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("text", DataTypes.STRING())
                        .option("parquet.block.size", "1048576")
                        .option("file.compression", "none")
                        .option("parquet.enable.dictionary", "false"));
        GenericRow[] written = new GenericRow[100_000];
        for (int i = 0; i < written.length; i++) {
            written[i] = GenericRow.of(
                    i,
                    BinaryString.fromString("some text that makes the file a larger one, of several row groups, " + i));
        }
        tables.write("groups", written);
        String join = "SELECT text FROM dynamic.groups JOIN dynamic.wanted ON groups.id = wanted.id";

        assertThat(rows(join))
                .containsExactly(List.of("some text that makes the file a larger one, of several row groups, 7"));
        String analyzed =
                rows("EXPLAIN ANALYZE VERBOSE " + join).getFirst().getFirst().toString();
        List<Long> read = Pattern.compile("Input: ([0-9,]+) rows")
                .matcher(analyzed.substring(analyzed.indexOf("groups")))
                .results()
                .map(found -> Long.valueOf(found.group(1).replace(",", "")))
                .toList();
        assertThat(read).as(analyzed).isNotEmpty().allMatch(count -> count < written.length / 2);
    }

    @Test
    void aScanDoesNotWaitForAFilterThatComesTooLate() {
        rows("CREATE TABLE dynamic.parts WITH (partitioned_by = ARRAY['id']) AS"
                + " SELECT 'text ' || CAST(n AS varchar) AS text, CAST(n AS integer) AS id FROM UNNEST(sequence(1, "
                + PARTITIONS + ")) t(n)");

        assertThat(rows("SELECT p.text FROM hasty.dynamic.parts p JOIN (SELECT id FROM hasty.dynamic.wanted"
                        + " WHERE after_the_other_scan_has_begun(id)) w ON p.id = w.id"))
                .as("the row of the slow side, which is given out once the other scan has begun without its filter")
                .containsExactly(List.of("text 7"));
    }
}
