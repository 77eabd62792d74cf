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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.Session;
import io.trino.testing.BaseConnectorTest;
import io.trino.testing.QueryFailedException;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingConnectorBehavior;
import io.trino.testing.sql.TestTable;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Trino's long suite of what a connector must do. What is overridden says what the suite leaves to the connector, or what is
 * refused here, with the API that is missing.
 */
@Tag("full")
final class TrestleConnectorTest extends BaseConnectorTest {

    private static final String NAME_TOO_LONG = "can have 1000 characters, not 1001";

    private static final String GONE = ".*(Table '(lake.)?tpch.test_replaced.*' (does not exist|not found)"
            + "|Could not .*: a file is gone, since the table was dropped or replaced"
            + "|Could not .* tpch.test_replaced).*";

    private static final String TYPE_REFUSED = "cannot be changed so";

    /** Changes of a column's type that lose some values, or that SchemaChange has no words for. */
    private static final Set<String> REFUSED_TYPES = Set.of(
            "bigint -> integer",
            "bigint -> smallint",
            "bigint -> tinyint",
            "time(3) -> time(6)",
            "varchar(100) -> varchar(50)",
            "char(25) -> char(20)",
            "varchar -> char(20)",
            "row(x integer) -> row(\"y\" integer)",
            "row(x integer, y integer) -> row(\"y\" integer, \"x\" integer)",
            "row(x integer, y integer) -> row(\"z\" integer, \"y\" integer, \"x\" integer)",
            "row(x row(a integer, b integer)) -> row(\"x\" row(\"b\" integer, \"a\" integer))",
            "map(integer, varchar) -> map(bigint, varchar)");

    @Override
    protected QueryRunner createQueryRunner() {
        TrestleQueryRunner runner = ConformanceRunner.start(REQUIRED_TPCH_TABLES);
        closeAfterClass(runner.server());
        return runner.trino();
    }

    @Override
    protected boolean hasBehavior(TestingConnectorBehavior behavior) {
        return ConformanceRunner.hasBehavior(behavior, super.hasBehavior(behavior));
    }

    // What the suite leaves to the connector

    @Override
    protected Session withoutSmallFileThreshold(Session session) {
        // The catalog has none: ConformanceRunner.
        return session;
    }

    @Override
    protected TestTable createTableWithDefaultColumns() {
        return newTrinoTable(
                "test_default_columns",
                "(col_required bigint NOT NULL, col_nullable bigint, col_default bigint DEFAULT 43,"
                        + " col_nonnull_default bigint DEFAULT 42 NOT NULL, col_required2 bigint NOT NULL)");
    }

    @Override
    protected String errorMessageForInsertIntoNotNullColumn(String columnName) {
        return "NULL value not allowed for NOT NULL column: " + columnName;
    }

    /** A time of day is stored in milliseconds. */
    @Override
    protected Optional<DataMappingTestSetup> filterDataMappingSmokeTestData(DataMappingTestSetup setup) {
        return setup.getTrinoTypeName().equals("time(6)") ? Optional.of(setup.asUnsupported()) : Optional.of(setup);
    }

    @Override
    protected Optional<SetColumnTypeSetup> filterSetColumnTypesDataProvider(SetColumnTypeSetup setup) {
        if (setup.sourceColumnType().equals("time(6)")) {
            return Optional.empty();
        }
        if (setup.sourceColumnType().equals("timestamp(6)")) {
            // Paimon cuts the digits off, where Trino's cast rounds.
            return Optional.of(setup.withNewValueLiteral("TIMESTAMP '2020-02-12 15:03:00.123'"));
        }
        if (setup.sourceColumnType().equals("char(20)")) {
            // The blanks that fill a CHAR are stored.
            return Optional.of(setup.withNewValueLiteral("'char-to-varchar     '"));
        }
        if (setup.sourceColumnType().equals("timestamp(3) with time zone")) {
            return Optional.of(setup.withNewValueLiteral("TIMESTAMP '2020-02-12 14:03:00.123000 UTC'"));
        }
        return REFUSED_TYPES.contains(setup.sourceColumnType() + " -> " + setup.newColumnType())
                ? Optional.of(setup.asUnsupported())
                : Optional.of(setup);
    }

    @Override
    protected Optional<SetColumnTypeSetup> filterSetFieldTypesDataProvider(SetColumnTypeSetup setup) {
        return filterSetColumnTypesDataProvider(setup);
    }

    @Override
    protected void verifySetColumnTypeFailurePermissible(Throwable e) {
        assertThat(e.getMessage())
                .matches(message -> message.contains(TYPE_REFUSED) || message.contains("use time(3)"), TYPE_REFUSED);
    }

    @Override
    protected void verifySetFieldTypeFailurePermissible(Throwable e) {
        verifySetColumnTypeFailurePermissible(e);
    }

    @Override
    protected OptionalInt maxSchemaNameLength() {
        return OptionalInt.of(1000);
    }

    @Override
    protected OptionalInt maxTableNameLength() {
        return OptionalInt.of(1000);
    }

    @Override
    protected void verifySchemaNameLengthFailurePermissible(Throwable e) {
        assertThat(e).hasMessageContaining(NAME_TOO_LONG);
    }

    @Override
    protected void verifyTableNameLengthFailurePermissible(Throwable e) {
        assertThat(e).hasMessageContaining(NAME_TOO_LONG);
    }

    @Override
    protected void verifyConcurrentUpdateFailurePermissible(Exception e) {
        assertThat(e).hasMessageContaining("conflict");
    }

    @Override
    protected void verifyVersionedQueryFailurePermissible(Exception e) {
        assertThat(e)
                .hasMessageMatching(
                        "Table tpch.nation has no version that was there at 2005-09-1[01]T.*|Table tpch.nation has no"
                            + " snapshot [0-9]+: it has snapshot 1 alone.*|Table tpch.nation has no tag and no branch"
                            + " '.*|FOR VERSION AS OF takes the number of a snapshot, or the name of a tag or branch,"
                            + " and not .*");
    }

    /** The location of a schema is shown, which the service has chosen. */
    @Test
    @Override
    public void testShowCreateSchema() {
        assertThat((String) computeScalar("SHOW CREATE SCHEMA tpch"))
                .matches("CREATE SCHEMA lake.tpch\nWITH \\(\n   location = 'file:.*'\n\\)");
    }

    /** Trino shows names of fields in quotes, and the suite expects them without. */
    @Test
    @Override
    public void testDropAmbiguousRowFieldCaseSensitivity() {
        try (TestTable table = newTrinoTable("test_drop_ambiguous_field", """
            AS SELECT CAST(row(1, 2, 3, 4, 5) AS
            row("sOME_FIELd" integer, "some_field" integer, "SomE_Field" integer, "SOME_FIELD" integer, "sOME_FieLd" integer)) AS col
            """)) {
            String dropField = "ALTER TABLE " + table.getName() + " DROP COLUMN col.";

            assertUpdate(dropField + "some_field");
            assertThat(getColumnType(table.getName(), "col"))
                    .isEqualTo("row(\"sOME_FIELd\" integer, \"SomE_Field\" integer, \"SOME_FIELD\" integer,"
                            + " \"sOME_FieLd\" integer)");
            assertUpdate(dropField + "\"SomE_Field\"");
            assertThat(getColumnType(table.getName(), "col"))
                    .isEqualTo("row(\"sOME_FIELd\" integer, \"SOME_FIELD\" integer, \"sOME_FieLd\" integer)");
            assertUpdate(dropField + "\"SOME_FIELD\"");
            assertThat(getColumnType(table.getName(), "col"))
                    .isEqualTo("row(\"sOME_FIELd\" integer, \"sOME_FieLd\" integer)");

            assertThat(query("SELECT * FROM " + table.getName()))
                    .matches("SELECT CAST(row(1, 5) AS row(\"sOME_FIELd\" integer, \"sOME_FieLd\" integer))");
        }
    }

    // What is refused

    /** RowType refuses two fields of one name. */
    @Test
    @Override
    public void testDropRowFieldWhenDuplicates() {
        assertThatThrownBy(super::testDropRowFieldWhenDuplicates)
                .hasMessageContaining("which is not supported by Paimon: give its fields names that differ");
    }

    @Test
    @Override
    public void testAddNotNullColumnToEmptyTable() {
        try (TestTable table = newTrinoTable("test_add_not_null", "(a_varchar varchar)")) {
            assertQueryFails(
                    "ALTER TABLE " + table.getName() + " ADD COLUMN b_varchar varchar NOT NULL",
                    "Column 'b_varchar' cannot be added with NOT NULL to table tpch." + table.getName()
                            + ", since the rows that are there have no value of it");
            assertUpdate("ALTER TABLE " + table.getName() + " ADD COLUMN b_varchar varchar");
            assertUpdate("INSERT INTO " + table.getName() + " VALUES ('a', 'b')", 1);
        }
    }

    /** SchemaChange.updateColumnType goes into the values of a map, and not into its keys. */
    @Test
    @Override
    public void testSetFieldMapKeyType() {
        assertThatThrownBy(super::testSetFieldMapKeyType)
                .hasMessageContaining("'col.key.field' cannot be changed: fields of rows, the 'element' of an array"
                        + " and the 'value' of a map can, the key of a map cannot");
    }

    @Test
    @Override
    public void testSetNestedFieldMapKeyType() {
        assertThatThrownBy(super::testSetNestedFieldMapKeyType)
                .hasMessageContaining("'col.element.key.field' cannot be changed");
    }

    /** The REST API holds one definition of a function for each engine; the suite's first function runs before its overload. */
    @Test
    @Override
    public void testCreateFunction() {
        assertThatThrownBy(super::testCreateFunction)
                .hasMessageMatching(
                        "Function tpch.test_.* exists with the parameters \\(integer\\) and cannot be overloaded"
                                + " with \\(double\\): the REST API holds one definition .*");
    }

    /**
     * The REST API has no call that replaces a table: others see none for a moment, and the files of the old one go away. The
     * suite expects reads that do not fail; here they fail with a reason, or give the rows of the one table or the other.
     */
    @RepeatedTest(4)
    @Timeout(60)
    @Override
    public void testCreateOrReplaceTableConcurrently() {
        try (TestTable table = newTrinoTable("test_replaced", "AS SELECT 1 a")) {
            String replace = "CREATE OR REPLACE TABLE " + table.getName() + " AS SELECT * FROM (VALUES 1, 2) t(a)";
            CompletableFuture<Void> replaced = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 4; i++) {
                    assertUpdate(replace, 2);
                }
            });
            while (!replaced.isDone()) {
                try {
                    assertThat(computeActual("SELECT a FROM " + table.getName()).getOnlyColumnAsSet())
                            .isIn(Set.of(1), Set.of(1, 2));
                } catch (QueryFailedException e) {
                    assertThat(e).hasMessageMatching(GONE);
                }
            }
            replaced.join();
            assertThat(query("SELECT a FROM " + table.getName())).matches("VALUES 1, 2");
        }
    }

    @Test
    void noQueryIsPassedToTheService() {
        assertQueryFails(
                "SELECT * FROM TABLE(lake.system.query(query => 'SELECT 1'))",
                ".*Table function 'lake.system.query' not registered.*");
    }
}
