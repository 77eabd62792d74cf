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

import static io.airlift.configuration.ConfigBinder.configBinder;
import static java.util.Objects.requireNonNull;
import static org.weakref.jmx.guice.ExportBinder.newExporter;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import dev.trestle.trino.function.TableChangesFunction;
import dev.trestle.trino.metrics.ServiceMetrics;
import dev.trestle.trino.procedure.ProcedureModule;
import dev.trestle.trino.read.ReadModule;
import dev.trestle.trino.write.SpillDirectories;
import dev.trestle.trino.write.TrestlePageSinkProvider;

/** The connector's own objects. */
final class TrestleModule implements Module {

    private final ClassLoader classLoader;

    TrestleModule(ClassLoader classLoader) {
        this.classLoader = requireNonNull(classLoader, "classLoader is null");
    }

    @Override
    public void configure(Binder binder) {
        configBinder(binder).bindConfig(TrestleConfig.class);
        binder.bind(ClassLoader.class).toInstance(classLoader);
        binder.bind(TrestleConnector.class).in(Scopes.SINGLETON);
        binder.bind(TrestleTransactions.class).in(Scopes.SINGLETON);
        binder.bind(OpenedTables.class).in(Scopes.SINGLETON);
        binder.bind(SessionCatalogs.class).in(Scopes.SINGLETON);
        binder.bind(ServiceMetrics.class).in(Scopes.SINGLETON);
        newExporter(binder).export(ServiceMetrics.class).withGeneratedName();
        binder.bind(TableFinder.class).in(Scopes.SINGLETON);
        binder.bind(TableChangesFunction.class).in(Scopes.SINGLETON);
        binder.install(new ProcedureModule());
        binder.bind(SpillDirectories.class).in(Scopes.SINGLETON);
        binder.bind(TrestlePageSinkProvider.class).in(Scopes.SINGLETON);
        binder.bind(TrestleNodePartitioningProvider.class).in(Scopes.SINGLETON);
        binder.install(new ReadModule());
    }
}
