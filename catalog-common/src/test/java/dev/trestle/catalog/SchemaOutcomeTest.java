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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trestle.catalog.api.Audit;
import dev.trestle.catalog.api.TableInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaChange.Move;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.utils.LazyField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaOutcomeTest {

    private static final Schema BEFORE = Schema.newBuilder()
            .column("id", DataTypes.INT().notNull())
            .column("a", DataTypes.INT(), "about a")
            .column("b", DataTypes.STRING().notNull())
            .column(
                    "r",
                    DataTypes.ROW(DataTypes.FIELD(10, "x", DataTypes.INT()), DataTypes.FIELD(11, "y", DataTypes.INT())))
            .column("d", DataTypes.INT())
            .primaryKey("id")
            .option("bucket", "1")
            .option("old", "1")
            .comment("about t")
            .build();

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments("set an option", List.of(SchemaChange.setOption("k", "v"))),
                arguments("set an option again", List.of(SchemaChange.setOption("old", "2"))),
                arguments("remove an option", List.of(SchemaChange.removeOption("old"))),
                arguments("comment", List.of(SchemaChange.updateComment("other"))),
                arguments("drop the comment", List.of(SchemaChange.updateComment(null))),
                arguments("add a column", List.of(SchemaChange.addColumn("n", DataTypes.INT()))),
                arguments("add a column with a comment", List.of(SchemaChange.addColumn("n", DataTypes.INT(), "c"))),
                arguments(
                        "add a column first",
                        List.of(SchemaChange.addColumn("n", DataTypes.INT(), null, Move.first("n")))),
                arguments(
                        "add a column after",
                        List.of(SchemaChange.addColumn("n", DataTypes.INT(), null, Move.after("n", "a")))),
                arguments(
                        "add a nested column",
                        List.of(SchemaChange.addColumn(new String[] {"r", "z"}, DataTypes.STRING(), "c", null))),
                arguments(
                        "add a row",
                        List.of(SchemaChange.addColumn(
                                "n", DataTypes.ROW(DataTypes.FIELD(0, "p", DataTypes.ARRAY(DataTypes.INT())))))),
                arguments("rename a column", List.of(SchemaChange.renameColumn("a", "a2"))),
                arguments("rename a nested column", List.of(SchemaChange.renameColumn(new String[] {"r", "y"}, "y2"))),
                arguments("drop a column", List.of(SchemaChange.dropColumn("a"))),
                arguments("drop a nested column", List.of(SchemaChange.dropColumn(new String[] {"r", "x"}))),
                arguments("change a type", List.of(SchemaChange.updateColumnType("a", DataTypes.BIGINT()))),
                arguments("allow null", List.of(SchemaChange.updateColumnNullability(new String[] {"b"}, true))),
                arguments("comment on a column", List.of(SchemaChange.updateColumnComment("a", "other"))),
                arguments("set a default", List.of(SchemaChange.updateColumnDefaultValue(new String[] {"d"}, "5"))),
                arguments("move first", List.of(SchemaChange.updateColumnPosition(Move.first("d")))),
                arguments("move after", List.of(SchemaChange.updateColumnPosition(Move.after("d", "a")))),
                arguments("move before", List.of(SchemaChange.updateColumnPosition(Move.before("d", "a")))),
                arguments("move last", List.of(SchemaChange.updateColumnPosition(Move.last("a")))),
                arguments(
                        "drop the primary key",
                        List.of(SchemaChange.dropPrimaryKey(), SchemaChange.setOption("bucket", "-1"))),
                arguments(
                        "several",
                        List.of(
                                SchemaChange.addColumn("n", DataTypes.INT()),
                                SchemaChange.setOption("k", "v"),
                                SchemaChange.updateComment("other"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void seesAChangeThatWasApplied(String name, List<SchemaChange> changes) throws Exception {
        TableInfo after = table("id", 4, applied(changes));

        assertThat(SchemaOutcome.isAltered(Optional.of(before()), changes, Optional.of(after)))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void doesNotSeeAChangeThatWasNotApplied(String name, List<SchemaChange> changes) {
        assertThat(SchemaOutcome.isAltered(Optional.of(before()), changes, Optional.of(before())))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void doesNotTakeAnothersChangeForItsOwn(String name, List<SchemaChange> changes) throws Exception {
        Schema others = applied(List.of(SchemaChange.addColumn("others", DataTypes.DATE())));

        assertThat(SchemaOutcome.isAltered(Optional.of(before()), changes, Optional.of(table("id", 4, others))))
                .isFalse();
    }

    @Test
    void seesAnOptionAlsoInALaterSchema() throws Exception {
        List<SchemaChange> changes = List.of(SchemaChange.setOption("k", "v"), SchemaChange.removeOption("old"));
        Schema later = applied(List.of(
                SchemaChange.setOption("k", "v"),
                SchemaChange.removeOption("old"),
                SchemaChange.addColumn("others", DataTypes.DATE())));

        assertThat(SchemaOutcome.isAltered(Optional.empty(), changes, Optional.of(table("id", 9, later))))
                .isTrue();
    }

    @Test
    void provesNothingOfColumnsByALaterSchema() throws Exception {
        List<SchemaChange> changes = List.of(SchemaChange.addColumn("n", DataTypes.INT()));

        assertThat(SchemaOutcome.isAltered(
                        Optional.of(before()), changes, Optional.of(table("id", 5, applied(changes)))))
                .isFalse();
    }

    @Test
    void provesNothingOfColumnsWithoutTheSchemaBefore() throws Exception {
        List<SchemaChange> changes = List.of(SchemaChange.addColumn("n", DataTypes.INT()));

        assertThat(SchemaOutcome.isAltered(Optional.empty(), changes, Optional.of(table("id", 4, applied(changes)))))
                .isFalse();
    }

    @Test
    void provesNothingByATableOfTheSameNameMadeAnew() throws Exception {
        List<SchemaChange> changes = List.of(SchemaChange.addColumn("n", DataTypes.INT()));

        assertThat(SchemaOutcome.isAltered(
                        Optional.of(before()), changes, Optional.of(table("other", 4, applied(changes)))))
                .isFalse();
    }

    @Test
    void doesNotMindThatTheServiceNumbersColumnsOnItsOwn() throws Exception {
        List<SchemaChange> changes = List.of(SchemaChange.addColumn("n", DataTypes.INT()));
        Schema applied = applied(changes);
        List<DataField> fields = new ArrayList<>(applied.fields());
        DataField last = fields.remove(fields.size() - 1);
        fields.add(new DataField(99, last.name(), last.type(), last.description()));

        assertThat(SchemaOutcome.isAltered(
                        Optional.of(before()), changes, Optional.of(table("id", 4, with(applied, fields)))))
                .as("a column of a higher number may have been dropped before")
                .isTrue();
    }

    @Test
    void recognizesATableThatIsWhatWasAskedFor() {
        Map<String, String> more = new HashMap<>(BEFORE.options());
        more.put("added-by", "the service");
        Schema now = new Schema(BEFORE.fields(), List.of(), List.of("id"), more, "about t");

        assertThat(SchemaOutcome.isCreatedAs(BEFORE, table("id", 0, now))).isTrue();
        assertThat(SchemaOutcome.isCreatedAs(BEFORE, table("id", 1, now)))
                .as("some begin with 1")
                .isTrue();
        assertThat(SchemaOutcome.isAnother(BEFORE, table("id", 0, now))).isFalse();
    }

    @Test
    void aServiceKeepsThePathAndTheOwnerBesideTheOptions() {
        Map<String, String> asked = new HashMap<>(BEFORE.options());
        asked.put("path", "file:/t/");
        asked.put("owner", "me");
        Schema wanted = new Schema(BEFORE.fields(), List.of(), List.of("id"), asked, "about t");
        assertThat(SchemaOutcome.isCreatedAs(wanted, table("id", 0, BEFORE))).isTrue();

        asked.put("path", "file:/elsewhere");
        assertThat(SchemaOutcome.isAnother(
                        new Schema(BEFORE.fields(), List.of(), List.of("id"), asked, "about t"),
                        table("id", 0, BEFORE)))
                .isTrue();
    }

    static Stream<Schema> others() {
        return Stream.of(
                with(BEFORE, BEFORE.fields().subList(0, 4)),
                new Schema(BEFORE.fields(), List.of("id"), List.of("id"), BEFORE.options(), "about t"),
                new Schema(BEFORE.fields(), List.of(), List.of(), BEFORE.options(), "about t"),
                new Schema(BEFORE.fields(), List.of(), List.of("id"), Map.of("bucket", "2"), "about t"),
                new Schema(BEFORE.fields(), List.of(), List.of("id"), BEFORE.options(), "another"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void tellsAnotherTableFromTheOneAskedFor(Schema other) {
        assertThat(SchemaOutcome.isCreatedAs(BEFORE, table("id", 0, other))).isFalse();
        assertThat(SchemaOutcome.isAnother(BEFORE, table("id", 0, other))).isTrue();
        assertThat(SchemaOutcome.isAnother(BEFORE, table("id", 1, other)))
                .as("it may be the one asked for, altered since")
                .isFalse();
    }

    private static TableInfo before() {
        return table("id", 3, BEFORE);
    }

    private static Schema applied(List<SchemaChange> changes) throws Exception {
        TableSchema after = SchemaManager.generateTableSchema(
                TableSchema.create(3, BEFORE),
                changes,
                new LazyField<>(() -> false),
                new LazyField<>(() -> Identifier.create("db", "t")));
        return after.toSchema();
    }

    private static Schema with(Schema schema, List<DataField> fields) {
        return new Schema(fields, schema.partitionKeys(), schema.primaryKeys(), schema.options(), schema.comment());
    }

    private static TableInfo table(String id, long schemaId, Schema schema) {
        Audit audit =
                new Audit(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new TableInfo(Optional.of(id), "db", "t", "file:/t", false, schemaId, schema, audit);
    }
}
