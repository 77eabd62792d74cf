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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.catalog.QueryRules;
import dev.trestle.server.suite.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.predicate.FieldRef;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.SortValue;
import org.apache.paimon.predicate.TopN;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.IncrementalSplit;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.StreamTableScan;
import org.apache.paimon.table.source.TableRead;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InstantiationUtil;
import org.apache.paimon.utils.InternalRowUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes out of a restricted table, whichever way it is read: no hidden row and no masked value. */
@Timeout(60)
class AuthorizedReadTest extends RestrictedLake {

    private static final String[] SHOWN = {"[2, EU, bob, bob-***, null]", "[3, EU, cid, cid-***, null]"};

    @Test
    void filtersAndMasksRows() throws Exception {
        fill(schema().build());

        assertThat(Rows.read(table())).containsExactly(SHOWN);
    }

    @Test
    void givesEverythingToWhoMayReadEverything() throws Exception {
        fill(schema().build());

        Table table = admin.getTable(T);
        assertThat(Rows.read(table)).hasSize(4).contains("[1, US, ann, s1, 10]");
        assertThat(splits(table.newReadBuilder()))
                .allSatisfy(split -> assertThat(split.convertToRawFiles()).isPresent());
    }

    @Test
    void readsTheInputsOfFiltersAndMasksAndTakesThemOutAgain() throws Exception {
        fill(schema().build());

        assertThat(read(builder -> builder.withProjection(new int[] {3}))).containsExactly("[bob-***]", "[cid-***]");
        assertThat(read(builder -> builder.withProjection(new int[] {0}))).containsExactly("[2]", "[3]");
        assertThat(read(builder -> builder.withProjection(new int[] {}))).containsExactly("[]", "[]");
        assertThat(read(builder -> builder.withProjection(new int[] {4, 1})))
                .containsExactly("[null, EU]", "[null, EU]");
    }

    @Test
    void leavesTheLimitAndTheBestRowsToTheEngine() throws Exception {
        fill(schema().build());
        TopN greatest = new TopN(
                new FieldRef(0, "id", DataTypes.INT()),
                SortValue.SortDirection.DESCENDING,
                SortValue.NullOrdering.NULLS_LAST,
                1);

        assertThat(read(builder -> builder.withLimit(1))).containsExactly(SHOWN);
        assertThat(read(builder -> builder.withTopN(greatest))).contains(SHOWN[1]);
    }

    @Test
    void testsAPredicateOnAMaskedColumnOnTheMaskedValue() throws Exception {
        fill(schema().build());

        assertThat(found(equal(3, "s2"))).isEmpty();
        assertThat(found(equal(3, "bob-***"))).containsExactly(SHOWN[0]);
        Predicate byTrueValue = equal(3, "s2");
        assertThat(read(builder -> builder.withFilter(byTrueValue))).containsExactly(SHOWN);
    }

    @Test
    void testsAPredicateOnAnotherColumnAndPlansByIt() throws Exception {
        fill(schema().build());
        Predicate third = new PredicateBuilder(table().rowType()).equal(0, 3);

        assertThat(found(third)).containsExactly(SHOWN[1]);
        assertThat(splits(table().newReadBuilder().withFilter(third))).hasSize(1);
        assertThat(((DataSplit) splits(table().newReadBuilder().withFilter(third))
                                .get(0))
                        .dataFiles())
                .hasSize(1);
    }

    @Test
    void tellsNothingInItsSplits() throws Exception {
        fill(schema().build());
        Split split = splits(table().newReadBuilder()).get(0);

        assertThat(split.convertToRawFiles()).isEmpty();
        assertThat(split.mergedRowCount()).isEmpty();
        assertThat(table().statistics()).isEmpty();
        assertThat(((AuthorizedSplit) split).permission().toString()).doesNotContain("EU", "***");
    }

    @Test
    void keepsThePermissionInSplitsThatTravel() throws Exception {
        fill(schema().build());
        FileStoreTable table = InstantiationUtil.clone(table());
        List<Split> travelled = new ArrayList<>();
        for (Split split : splits(table.newReadBuilder())) {
            travelled.add(InstantiationUtil.clone(split));
        }

        assertThat(travelled).isEqualTo(splits(table.newReadBuilder()));
        assertThat(rows(table.newReadBuilder(), table.newReadBuilder().newRead(), travelled))
                .containsExactly(SHOWN);
    }

    @Test
    void readsManySplitsWithOneReader() throws Exception {
        fill(schema().partitionKeys("id").build());

        assertThat(splits(table().newReadBuilder())).hasSize(4);
        assertThat(read(builder -> builder.withProjection(new int[] {3}))).containsExactly("[bob-***]", "[cid-***]");
    }

    @Test
    void restrictsAPrimaryKeyTableAndItsChanges() throws Exception {
        fill(schema().primaryKey("id")
                .option("bucket", "1")
                .option("changelog-producer", "input")
                .build());

        assertThat(Rows.read(table())).containsExactly(SHOWN);
        ReadBuilder builder = table(Map.of("scan.snapshot-id", "1")).newReadBuilder();
        StreamTableScan stream = builder.newStreamScan();
        List<String> streamed = new ArrayList<>();
        for (int plan = 0; plan < 4 && streamed.size() < 2; plan++) {
            streamed.addAll(rows(builder, builder.newRead(), stream.plan().splits()));
        }
        assertThat(streamed).containsExactly(SHOWN);
    }

    @Test
    void restrictsTimeTravelTagsAndIncrements() throws Exception {
        fill(schema().build());
        ((FileStoreTable) admin.getTable(T)).createTag("first", 1);

        assertThat(Rows.read(table(Map.of("scan.snapshot-id", "1")))).containsExactly(SHOWN[0]);
        assertThat(Rows.read(table(Map.of("scan.tag-name", "first")))).containsExactly(SHOWN[0]);
        assertThat(Rows.read(table(Map.of("incremental-between", "1,2")))).containsExactly(SHOWN[1]);
    }

    @Test
    void keepsThePermissionOfADifferenceInASplitOfItsBucket() throws Exception {
        fill(schema().primaryKey("id").option("bucket", "1").build());
        ReadBuilder builder = table(Map.of("incremental-between", "1,2", "incremental-between-scan-mode", "diff"))
                .newReadBuilder();

        List<Split> travelled = new ArrayList<>();
        for (Split split : splits(builder)) {
            travelled.add(InstantiationUtil.clone(split));
        }

        assertThat(travelled)
                .isEqualTo(splits(builder))
                .singleElement()
                .isInstanceOfSatisfying(IncrementalSplit.class, split -> assertThat(split.bucket())
                        .isZero());
        assertThat(rows(builder, builder.newRead(), travelled)).containsExactly(SHOWN[1]);
    }

    @Test
    void restrictsAColumnThatHadAnotherNameAtTheTime() throws Exception {
        fill(schema().build());
        admin.alterTable(T, SchemaChange.renameColumn("secret", "hidden"), false);
        admin.alterTable(T, SchemaChange.renameColumn("region", "area"), false);
        restrict(new QueryRules(
                List.of(Rule.filter("area", "STRING", "EQUAL", "\"EU\"")),
                Map.of("hidden", Rule.transform("UPPER", "\"x\""))));

        assertThat(Rows.read(table())).containsExactly("[2, EU, bob, X, 20]", "[3, EU, cid, X, 30]");
        assertThat(Rows.read(table(Map.of("scan.snapshot-id", "1")))).containsExactly("[2, EU, bob, X, 20]");
    }

    @Test
    void restrictsABranchThatIsOlderThanTheOption() throws Exception {
        admin.createTable(T, schema().option("query-auth.enabled", "false").build(), false);
        FileStoreTable table = (FileStoreTable) admin.getTable(T);
        Rows.write(table, row(1, "US", "ann", "s1", 10), row(2, "EU", "bob", "s2", 20));
        admin.createTag(T, "tag", 1L, null, false);
        admin.createBranch(T, "b", "tag");
        admin.alterTable(T, SchemaChange.setOption("query-auth.enabled", "true"), false);
        restrict(RULES);

        assertThat(Rows.read(reader.getTable(new Identifier("db", "t", "b")))).containsExactly(SHOWN[0]);
        assertThat(Rows.read(table().switchToBranch("b"))).containsExactly(SHOWN[0]);
    }

    @Test
    void restrictsAnExternalTable() throws Exception {
        fill(schema().option("path", directory.resolve("outside").toUri().toString())
                .build());

        assertThat(Rows.read(table())).containsExactly(SHOWN);
    }

    @Test
    void appliesEachKindOfMask() throws Exception {
        fill(schema().build());
        restrict(new QueryRules(
                List.of(Rule.filter("id", "INT", "IN", "1,2"), Rule.filter("name", "STRING", "STARTS_WITH", "\"a\"")),
                Map.of(
                        "id", Rule.field("salary", "INT"),
                        "region", Rule.transform("LOWER", Rule.column("region", "STRING")),
                        "name", Rule.cast("salary", "INT", "STRING"),
                        "secret", Rule.transform("CONCAT_WS", "\":\"", Rule.column("name", "STRING"), "\"x\""))));

        assertThat(Rows.read(table())).containsExactly("[10, us, 10, ann:x, 10]");
    }

    @Test
    void writesWhatItIsGivenAndKeepsWhatIsThere() throws Exception {
        fill(schema().primaryKey("id")
                .option("bucket", "1")
                .option("merge-engine", "partial-update")
                .build());

        Rows.write(table(), row(1, "EU", null, null, null));

        assertThat(Rows.read(admin.getTable(T))).contains("[1, EU, ann, s1, 10]");
        assertThat(Rows.read(table())).contains("[1, EU, ann, ann-***, null]");
    }

    @Test
    void noticesThatAColumnIsMaskedSinceTheStreamBegan() throws Exception {
        fill(schema().build());
        StreamTableScan stream =
                table().newReadBuilder().withFilter(equal(2, "bob")).newStreamScan();
        stream.plan();
        restrict(new QueryRules(List.of(), Map.of("name", Rule.nothing())));

        assertThatThrownBy(stream::plan).isInstanceOf(QueryAuthException.class).hasMessageContaining("[name]");
    }

    private Predicate equal(int column, String text) throws Exception {
        return new PredicateBuilder(table().rowType()).equal(column, BinaryString.fromString(text));
    }

    private static List<Split> splits(ReadBuilder builder) {
        return builder.newScan().plan().splits();
    }

    private List<String> read(UnaryOperator<ReadBuilder> query) throws Exception {
        ReadBuilder builder = query.apply(table().newReadBuilder());
        return rows(builder, builder.newRead(), splits(builder));
    }

    private List<String> found(Predicate predicate) throws Exception {
        ReadBuilder builder = table().newReadBuilder().withFilter(predicate);
        return rows(builder, builder.newRead().executeFilter(), splits(builder));
    }

    private static List<String> rows(ReadBuilder builder, TableRead read, List<Split> splits) throws Exception {
        RowType type = builder.readType();
        List<String> rows = new ArrayList<>();
        try (RecordReader<InternalRow> records = read.createReader(splits)) {
            records.forEachRemaining(row -> {
                assertThat(row.getFieldCount()).isEqualTo(type.getFieldCount());
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < type.getFieldCount(); i++) {
                    values.add(InternalRowUtils.get(row, i, type.getTypeAt(i)));
                }
                rows.add(values.toString());
            });
        }
        rows.sort(null);
        return rows;
    }
}
