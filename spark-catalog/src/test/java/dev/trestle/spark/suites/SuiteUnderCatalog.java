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

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.CatalogServer;
import dev.trestle.spark.TrestleCatalog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import org.apache.paimon.catalog.Catalog;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.execution.command.v2.ViewCommandSuiteBase;
import org.scalatest.Args;
import org.scalatest.Suite;
import org.scalatest.events.Event;
import org.scalatest.events.SuiteAborted;
import org.scalatest.events.TestCanceled;
import org.scalatest.events.TestFailed;
import org.scalatest.events.TestSucceeded;
import scala.Option;

/**
 * One of Spark's suites with our catalog in the place of its own in-memory ones. The suite says in {@code sparkConf}
 * which those are, and in {@code defaultUsing} whose tables they have: a subclass that is made here says otherwise.
 */
public final class SuiteUnderCatalog {

    /** Spark's catalogs for tables with all abilities. The one for tables without partitions stays Spark's. */
    private static final List<String> CATALOGS = List.of(
            "test_catalog",
            "atomic_test_catalog",
            "row_level_op_catalog",
            "test_view_catalog",
            ShowFunctionsSuite.CATALOG);

    private static final String NAMESPACE = "ns";

    private final Class<?> suite;
    private final CatalogServer server;
    private final Path directory;

    /**
     * A suite to run.
     *
     * @param server to which nothing was done before
     * @param directory for what Spark keeps itself
     */
    SuiteUnderCatalog(Class<?> suite, CatalogServer server, Path directory) {
        this.suite = suite;
        this.server = server;
        this.directory = directory;
    }

    /** What went wrong in each of its tests, by the test's name: nothing in those that passed. */
    Map<String, Optional<Throwable>> run() {
        if (ViewCommandSuiteBase.class.isAssignableFrom(suite)) {
            makeNamespace();
        }
        Map<String, Optional<Throwable>> outcomes = new LinkedHashMap<>();
        open().run(
                        Option.empty(),
                        Args.apply(
                                event -> record(event, outcomes),
                                Args.apply$default$2(),
                                Args.apply$default$3(),
                                Args.apply$default$4(),
                                Args.apply$default$5(),
                                Args.apply$default$6(),
                                Args.apply$default$7(),
                                Args.apply$default$8(),
                                Args.apply$default$9(),
                                Args.apply$default$10()));
        return outcomes;
    }

    /** The suites of views find theirs in Spark's catalog in memory, where nobody has to make it. */
    private void makeNamespace() {
        try (Catalog catalog =
                RestCatalog.open(Map.of("uri", server.uri().toString(), "warehouse", server.warehouse()))) {
            catalog.createDatabase(NAMESPACE, false);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Suite open() {
        try {
            return (Suite) new ByteBuddy()
                    .subclass(suite)
                    .name(getClass().getPackageName() + ".generated." + suite.getSimpleName())
                    .method(named("sparkConf").and(takesNoArguments()))
                    .intercept(MethodDelegation.to(this))
                    .method(named("defaultUsing").and(takesNoArguments()))
                    .intercept(FixedValue.value("USING paimon"))
                    // Spark's has two levels, as no database has.
                    .method(named("namespace").and(takesNoArguments()))
                    .intercept(FixedValue.value(NAMESPACE))
                    .make()
                    .load(getClass().getClassLoader())
                    .getLoaded()
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Suite " + suite.getName() + " cannot be made", e);
        }
    }

    /** Called in the place of the suite's own method. */
    public SparkConf sparkConf(@SuperCall Callable<SparkConf> own) throws Exception {
        SparkConf conf = own.call()
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.sql.warehouse.dir", directory.toString())
                .set("spark.sql.shuffle.partitions", "2")
                // Compiling code for some rows takes longer than reading them.
                .set("spark.sql.codegen.wholeStage", "false")
                .set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        for (String catalog : CATALOGS) {
            String key = "spark.sql.catalog." + catalog;
            conf.set(key, TrestleCatalog.class.getName())
                    .set(key + ".uri", server.uri().toString())
                    .set(key + ".warehouse", server.warehouse());
        }
        return conf;
    }

    private static void record(Event event, Map<String, Optional<Throwable>> outcomes) {
        if (event instanceof TestSucceeded passed) {
            outcomes.put(shortName(passed.testName()), Optional.empty());
        } else if (event instanceof TestFailed failed) {
            outcomes.put(
                    shortName(failed.testName()), Optional.of(failed.throwable().get()));
        } else if (event instanceof TestCanceled canceled) {
            outcomes.put(
                    shortName(canceled.testName()),
                    Optional.of(canceled.throwable().get()));
        } else if (event instanceof SuiteAborted aborted) {
            throw new IllegalStateException(
                    aborted.message(), aborted.throwable().get());
        }
    }

    /** Without what Spark puts before each name: the command and the kind of catalog that the suite is for. */
    private static String shortName(String test) {
        return test.replaceFirst("^.* using V2 catalog V2 command: ", "");
    }
}
