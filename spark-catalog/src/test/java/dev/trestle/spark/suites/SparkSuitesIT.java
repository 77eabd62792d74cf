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
package dev.trestle.spark.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's own suites of what the statements of a catalog must do. What cannot pass is in {@code excluded-tests.txt}, is
 * run all the same, and must fail: a test that passes leaves the list. The suites stop the sessions that they find, so
 * this needs a JVM without other tests of Spark.
 */
@Tag("full")
class SparkSuitesIT {

    private static final String COMMANDS = "org.apache.spark.sql.execution.command.v2.";

    /** The others are on the list of what is excluded. */
    private static final List<String> STATEMENTS = List.of(
            "AlterNamespaceSetLocation",
            "AlterNamespaceSetProperties",
            "AlterNamespaceUnsetProperties",
            "AlterTableAddColumns",
            "AlterTableAddPartition",
            "AlterTableClusterBy",
            "AlterTableDropColumn",
            "AlterTableDropPartition",
            "AlterTableRecoverPartitions",
            "AlterTableRenameColumn",
            "AlterTableRename",
            "AlterTableReplaceColumns",
            "AlterTableSetLocation",
            "AlterTableSetTblProperties",
            "AlterTableUnsetTblProperties",
            "CreateNamespace",
            "CreateTableClusterBy",
            "DescribeNamespace",
            "DescribeTable",
            "DropNamespace",
            "DropTable",
            "MsckRepairTable",
            "ShowColumns",
            "ShowCreateTable",
            "ShowNamespaces",
            "ShowPartitions",
            "ShowTables",
            "ShowTblProperties",
            "TruncateTable");

    private static final List<String> STATEMENTS_OF_VIEWS = List.of(
            "AlterViewRename",
            "AlterViewSchemaBinding",
            "AlterViewSetTblProperties",
            "AlterViewUnsetTblProperties",
            "CreateView",
            "DescribeView",
            "DescribeViewColumn",
            "DropView",
            "ShowCreateView",
            "ShowViewColumns",
            "ShowViewProperties",
            "ShowViews");

    private static final String TESTING = "spark.testing";

    private static final ExcludedTests EXCLUDED = ExcludedTests.read();

    @TempDir
    Path directory;

    @BeforeAll
    static void sayThatThisIsATest() {
        System.setProperty(TESTING, "true");
    }

    @AfterAll
    static void sayNothing() {
        System.clearProperty(TESTING);
    }

    @TestFactory
    Stream<DynamicContainer> suites() {
        return classes()
                .map(suite ->
                        dynamicContainer(suite.getSimpleName(), Stream.of(suite).flatMap(this::tests)));
    }

    private static Stream<Class<?>> classes() {
        return Stream.concat(
                Stream.of(STATEMENTS, STATEMENTS_OF_VIEWS)
                        .flatMap(List::stream)
                        .map(statement -> load(COMMANDS + statement + "Suite")),
                Stream.of(ShowFunctionsSuite.class, SqlInsertIntoSuite.class, DataFrameInsertIntoSuite.class));
    }

    private Stream<DynamicTest> tests(Class<?> suite) {
        String name = suite.getSimpleName();
        Map<String, Optional<Throwable>> outcomes = run(suite);
        Map<String, String> excluded = EXCLUDED.of(name);
        TreeSet<String> all = new TreeSet<>(outcomes.keySet());
        all.addAll(excluded.keySet());
        return all.stream().map(test -> dynamicTest(name + ": " + test, () -> judge(test, outcomes, excluded)));
    }

    private Map<String, Optional<Throwable>> run(Class<?> suite) {
        Path own = directory.resolve(suite.getSimpleName());
        try (CatalogServer server = CatalogServer.start(
                ServerOptions.builder(own.resolve("warehouse")).build())) {
            return new SuiteUnderCatalog(suite, server, own.resolve("spark")).run();
        }
    }

    private static void judge(String test, Map<String, Optional<Throwable>> outcomes, Map<String, String> excluded)
            throws Throwable {
        assertThat(outcomes)
                .as("tests of the suite, of which a listed one is none")
                .containsKey(test);
        Optional<Throwable> failure = outcomes.get(test);
        if (excluded.containsKey(test)) {
            assertThat(failure)
                    .as("failure of a listed test, which passes: take it off the list")
                    .isPresent();
            Assumptions.abort(excluded.get(test));
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static Class<?> load(String suite) {
        try {
            return Class.forName(suite);
        } catch (ClassNotFoundException e) {
            return Assertions.fail("Spark has no suite of this name", e);
        }
    }

    @Test
    void onlyTestsOfTheseSuitesAreExcludedAndNoMoreThanThese() {
        assertThat(classes().map(Class::getSimpleName)).containsAll(EXCLUDED.suites());
        assertThat(EXCLUDED.count()).isLessThanOrEqualTo(105);
    }

    @Test
    void eachOfSparksSuitesOfStatementsIsRunOrExcluded() throws Exception {
        Set<String> known = new TreeSet<>(EXCLUDED.wholeSuites());
        classes().map(Class::getSimpleName).forEach(known::add);
        Path jar = Path.of(load(COMMANDS + "DropTableSuite")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String directory = COMMANDS.replace('.', '/');
        try (JarFile classes = new JarFile(jar.toFile())) {
            assertThat(classes.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.startsWith(directory) && name.endsWith("Suite.class"))
                            .map(name -> name.substring(directory.length(), name.length() - ".class".length())))
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }
}
