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
package dev.trestle.trino.procedure;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import io.trino.spi.procedure.Procedure;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Binds the procedures. */
public final class ProcedureModule implements Module {

    @Override
    public void configure(Binder binder) {
        binder.bind(Caller.class).in(Scopes.SINGLETON);
        binder.bind(Rollbacks.class).in(Scopes.SINGLETON);
        binder.bind(Tags.class).in(Scopes.SINGLETON);
        binder.bind(BranchProcedures.class).in(Scopes.SINGLETON);
        binder.bind(Maintenance.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    static Set<Procedure> procedures(
            Rollbacks rollbacks, Tags tags, BranchProcedures branches, Maintenance maintenance) {
        return Stream.of(rollbacks.procedures(), tags.procedures(), branches.procedures(), maintenance.procedures())
                .flatMap(List::stream)
                .collect(toUnmodifiableSet());
    }
}
