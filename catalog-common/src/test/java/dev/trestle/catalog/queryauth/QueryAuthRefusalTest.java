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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.catalog.QueryRules;
import dev.trestle.server.suite.Rows;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.TableQueryAuthResult;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.system.SystemTableLoader;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of a restricted table rather than told. */
@Timeout(60)
class QueryAuthRefusalTest extends RestrictedLake {

    static List<String> systemTables() {
        return SystemTableLoader.SYSTEM_TABLES;
    }

    @ParameterizedTest
    @MethodSource("systemTables")
    void showsHarmlessSystemTablesAloneToWhoMayNotReadEverything(String name) throws Exception {
        fill(schema().option("row-tracking.enabled", "true").build());
        Identifier system = Identifier.create("db", "t$" + name);
        boolean harmless = List.of(
                        "snapshots", "schemas", "options", "tags", "branches", "consumers", "aggregation_fields")
                .contains(name);

        if (harmless) {
            assertThatCode(() -> reader.getTable(system)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> reader.getTable(system))
                    .isInstanceOf(QueryAuthException.class)
                    .hasMessageContaining("db.t$" + name);
        }
    }

    @Test
    void refusesSplitsThatWerePlannedPastThePermission() throws Exception {
        fill(schema().build());
        Split split = table().newSnapshotReader().read().splits().get(0);

        assertThatThrownBy(() -> table().newRead().createReader(split))
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining("db.t");
    }

    @Test
    void refusesWhatWouldReadFilesAsTheyAre() throws Exception {
        fill(schema().primaryKey("id").option("bucket", "1").build());
        FileStoreTable table = table();

        assertThatThrownBy(table::newLocalTableQuery).isInstanceOf(QueryAuthException.class);
        assertThatThrownBy(table::newVectorSearchBuilder).isInstanceOf(QueryAuthException.class);
        assertThatThrownBy(table::newFullTextSearchBuilder).isInstanceOf(QueryAuthException.class);
        assertThatThrownBy(table::manifestFileReader).isInstanceOf(QueryAuthException.class);
        assertThatThrownBy(() -> table.store().newRead()).isInstanceOf(QueryAuthException.class);
    }

    @Test
    void refusesToBeSwitchedOff() throws Exception {
        fill(schema().build());
        Map<String, String> off = Map.of(CoreOptions.QUERY_AUTH_ENABLED.key(), "false");
        FileStoreTable table = table();

        assertThatThrownBy(() -> table.copy(off)).isInstanceOf(QueryAuthException.class);
        assertThatThrownBy(() -> table.copyWithoutTimeTravel(off)).isInstanceOf(QueryAuthException.class);
        assertThatThrownBy(() -> table.copy(table.schema().copy(off))).isInstanceOf(QueryAuthException.class);
    }

    @Test
    void refusesToReadAnotherBranchThanItAsksFor() throws Exception {
        fill(schema().build());
        FileStoreTable table = table();

        assertThatThrownBy(() -> table.copy(Map.of("branch", "b")))
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining("t$branch_b");
        assertThatThrownBy(() -> table.copyWithoutTimeTravel(Map.of("branch", "b")))
                .isInstanceOf(QueryAuthException.class);
        assertThatCode(() -> table.copy(Map.of("branch", "main"))).doesNotThrowAnyException();
    }

    @Test
    void refusesToListPartitionsThatWouldTellOfHiddenRows() throws Exception {
        fill(schema().partitionKeys("region").build());

        assertThatThrownBy(() -> reader.listPartitions(T))
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining("db.t");
        assertThatThrownBy(() -> table().newScan().listPartitions()).isInstanceOf(QueryAuthException.class);
        assertThat(Rows.read(reader.getTable(Identifier.create("sys", "partitions"))))
                .isEmpty();
        assertThat(admin.listPartitions(T)).hasSize(2);
        restrict(new QueryRules(List.of(), Map.of("salary", Rule.nothing())));
        assertThat(reader.listPartitions(T)).hasSize(2);
    }

    @Test
    void refusesToChooseMaskedPartitions() throws Exception {
        fill(schema().partitionKeys("region").build());
        restrict(new QueryRules(List.of(), Map.of("region", Rule.transform("UPPER", "\"x\""))));

        assertThatThrownBy(() -> table().newReadBuilder()
                        .withPartitionFilter(Map.of("region", "EU"))
                        .newScan()
                        .plan())
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining("[region]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"EXISTS\"}",
                "{\"kind\":\"LEAF\",\"transform\":{\"name\":\"NULL\"},\"function\":\"SOUNDS_LIKE\",\"literals\":[\"hush\"]}",
                "{\"kind\":\"LEAF\",\"transform\":{\"name\":\"HASH\"},\"function\":\"EQUAL\",\"literals\":[\"hush\"]}",
                "{\"kind\":\"COMPOUND\",\"function\":\"XOR\",\"children\":[]}",
                "{\"kind\":\"COMPOUND\",\"function\":\"AND\",\"children\":{}}",
                "{\"kind\":\"COMPOUND\",\"function\":\"AND\"}",
                "{\"kind\":\"COMPOUND\",\"function\":\"AND\",\"children\":[]}",
                "{\"kind\":\"COMPOUND\",\"function\":\"OR\",\"children\":[]}",
                "{\"kind\":\"LEAF\",\"transform\":{\"name\":\"NULL\"},\"function\":\"NOT_IN\",\"literals\":\"hush\"}",
                "{\"kind\":\"LEAF\",\"transform\":{\"name\":\"NULL\"},\"function\":\"NOT_IN\"}",
                "{\"kind\":\"LEAF\",\"negated\":true,\"transform\":{\"name\":\"NULL\"},\"function\":\"IS_NULL\",\"literals\":[]}",
                "hush",
                "",
                "null",
                "[]"
            })
    void refusesAFilterThatItDoesNotKnow(String filter) throws Exception {
        fill(schema().build());
        restrict(new QueryRules(List.of(filter), Map.of()));

        assertThatThrownBy(() -> Rows.read(table()))
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining("db.t")
                .hasMessageNotContaining("hush")
                .hasNoCause();
    }

    /** Alone and under an OR, where Paimon looks at literals in advance. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"EQUAL | ''", "EQUAL | 1, 2", "GREATER_THAN | ''", "BETWEEN | 1", "IS_NULL | 1"})
    void refusesAFilterWithAnotherNumberOfLiteralsThanItTakes(String function, String literals) throws Exception {
        fill(schema().build());
        String filter = Rule.filter("id", "INT", function, literals);

        for (String rule : List.of(filter, Rule.compound("OR", Rule.filter("id", "INT", "EQUAL", "1"), filter))) {
            restrict(new QueryRules(List.of(rule), Map.of()));
            assertThatThrownBy(() -> Rows.read(table()))
                    .as(rule)
                    .isInstanceOf(QueryAuthException.class)
                    .hasMessageContaining("not well-formed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "id, TIME(3), \"01:00:00.0005\"",
        "id, INT, 2.5",
        "id, INT, 4294967298",
        "id, INT, x",
        "id, TINYINT, 300",
        "name, BYTES, x"
    })
    void refusesALiteralThatItsTypeDoesNotHold(String column, String type, String literal) throws Exception {
        fill(schema().build());
        String json = literal.equals("x") ? "\"hush\"" : literal;
        restrict(new QueryRules(List.of(Rule.filter(column, type, "GREATER_OR_EQUAL", json)), Map.of()));

        assertThatThrownBy(() -> Rows.read(table()))
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining("not well-formed")
                .hasMessageNotContainingAny("hush", "2.5", "4294967298", "300")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"SUBSTRING\",\"inputs\":[]}",
                "{\"name\":\"NULL\",\"unless\":\"hush\"}",
                "{\"name\":\"CONCAT\",\"inputs\":[{\"index\":0,\"name\":\"name\",\"type\":\"STRING\",\"nested\":\"hush\"}]}",
                "hush",
                ""
            })
    void refusesAMaskThatItDoesNotKnow(String mask) throws Exception {
        fill(schema().build());
        restrict(new QueryRules(List.of(), Map.of("secret", mask)));

        assertThatThrownBy(() -> Rows.read(table()))
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining("'secret'")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesRulesThatDoNotSuitTheColumns() throws Exception {
        admin.createTable(
                T,
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("v", DataTypes.STRING())
                        .option("query-auth.enabled", "true")
                        .build(),
                false);
        Rows.write(admin.getTable(T), Rows.row(1, "a"));

        assertRefused(Map.of("id", Rule.nothing()), "null");
        assertRefused(Map.of("v", Rule.field("id", "INT")), "another type");
        assertRefused(Map.of("nope", Rule.nothing()), "'nope'");
        assertRefused(Map.of("v", Rule.transform("UPPER", Rule.column("nope", "STRING"))), "'nope'");
        assertRefused(Map.of("v", Rule.cast("id", "BIGINT", "STRING")), "'id' as BIGINT");
    }

    private void assertRefused(Map<String, String> masks, String words) {
        restrict(new QueryRules(List.of(), masks));
        assertThatThrownBy(() -> Rows.read(table()))
                .isInstanceOf(QueryAuthException.class)
                .hasMessageContaining(words);
    }

    @Test
    void takesNoRulesForNone() {
        assertThat(ReadPermission.of(new TableQueryAuthResult(null, null)))
                .isInstanceOf(ReadPermission.Everything.class);
        assertThat(ReadPermission.of(new TableQueryAuthResult(List.of(), Map.of())))
                .isInstanceOf(ReadPermission.Everything.class);
    }
}
