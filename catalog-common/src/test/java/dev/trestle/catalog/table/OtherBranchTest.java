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
package dev.trestle.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherBranchTest extends LocalCatalogFixture {

    private static final OtherBranch.Syntax SYNTAX = new OtherBranch.Syntax("|", "WITHOUT (%s)");

    @BeforeEach
    void createTableWithTwoBranches() throws Exception {
        Schema schema = Schema.newBuilder().column("id", DataTypes.INT()).build();
        catalog.createTable(NAME, schema, false);
        open("t").createBranch("b");
        open("t").createBranch("c");
    }

    private FileStoreTable open(String table) throws Exception {
        return (FileStoreTable) catalog.getTable(Identifier.create("d", table));
    }

    private FileStoreTable showing(String table, String option, String branch) throws Exception {
        catalog.alterTable(Identifier.create("d", table), List.of(SchemaChange.setOption(option, branch)), false);
        return open(table);
    }

    @ParameterizedTest(name = "{0} by {1} = {2}")
    @CsvSource({
        "t,          scan.fallback-branch, b,    t$branch_b",
        "t,          scan.primary-branch,  b,    t$branch_b",
        "t$branch_c, scan.fallback-branch, b,    t$branch_b",
        "t$branch_b, scan.fallback-branch, main, t"
    })
    void aRefusalNamesTheOtherBranchAsATableThatThereIs(String table, String option, String branch, String name)
            throws Exception {
        FileStoreTable shown = showing(table, option, branch);

        assertThatThrownBy(() -> OtherBranch.requireNone(shown, "truncated", SYNTAX))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Table d." + table + " cannot be truncated: it shows rows of branch '" + branch + "' too ('"
                        + option + "'), which it does not change. Change those by the name of the branch, |" + name
                        + "|, or first take the option away: ALTER TABLE … WITHOUT (" + option + ")");
        assertThat(open(name).coreOptions().branch()).isEqualTo(branch);
    }

    @Test
    void theBranchThatATableShowsIsNotDropped() throws Exception {
        FileStoreTable shown = showing("t", "scan.fallback-branch", "b");

        assertThatThrownBy(() -> OtherBranch.requireNotShown(shown, "b"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Branch 'b' of table d.t cannot be dropped: the table shows its rows"
                        + " ('scan.fallback-branch'). First take that option away from the table");
        assertThatCode(() -> OtherBranch.requireNotShown(shown, "c")).doesNotThrowAnyException();
    }

    @Test
    void neitherOfTheBranchesOfAChainTableIsDropped() throws Exception {
        Identifier name = Identifier.create("d", "chain");
        catalog.createTable(
                name,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("n", DataTypes.INT())
                        .column("dt", DataTypes.STRING())
                        .partitionKeys("dt")
                        .primaryKey("dt", "id")
                        .option("bucket", "1")
                        .option("sequence.field", "n")
                        .option("chain-table.enabled", "true")
                        .option("partition.timestamp-pattern", "$dt")
                        .option("partition.timestamp-formatter", "yyyyMMdd")
                        .build(),
                false);
        open("chain").createBranch("s");
        open("chain").createBranch("d");
        catalog.alterTable(
                name,
                List.of(
                        SchemaChange.setOption("scan.fallback-snapshot-branch", "s"),
                        SchemaChange.setOption("scan.fallback-delta-branch", "d")),
                false);
        FileStoreTable chain = open("chain");

        for (String branch : List.of("s", "d")) {
            assertThatThrownBy(() -> OtherBranch.requireNotShown(chain, branch))
                    .hasMessageContaining("Branch '" + branch + "' of table d.chain cannot be dropped")
                    .hasMessageContaining("chain-table.enabled");
        }
    }

    @Test
    void aBranchThatNamesItselfShowsItsOwnRowsAlone() throws Exception {
        FileStoreTable shown = showing("t$branch_b", "scan.fallback-branch", "b");

        assertThat(shown).isInstanceOf(FallbackReadFileStoreTable.class);
        assertThat(OtherBranch.of(shown)).isEmpty();
        assertThatCode(() -> OtherBranch.requireNone(shown, "truncated", SYNTAX))
                .doesNotThrowAnyException();
    }

    @Test
    void aTableWithoutTheOptionShowsItsOwnRowsAlone() throws Exception {
        assertThat(OtherBranch.of(open("t"))).isEmpty();
    }
}
