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

import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.lookup;
import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.catalog.procedure.ServiceResource;
import dev.trestle.catalog.procedure.TableBranches;
import dev.trestle.trino.procedure.Caller.Call;
import dev.trestle.trino.procedure.Caller.Change;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.procedure.Procedure;
import java.util.List;
import java.util.Optional;

/** Procedures for branches with Paimon's meaning; SQL's {@code CREATE BRANCH} makes them too. */
public final class BranchProcedures {

    private final Caller caller;

    @Inject
    BranchProcedures(Caller caller) {
        this.caller = requireNonNull(caller, "caller is null");
    }

    List<Procedure> procedures() {
        return List.of(
                Caller.procedure(
                        lookup(),
                        this,
                        "create_branch",
                        Caller.required("branch", VARCHAR),
                        Caller.optional("tag", VARCHAR)),
                Caller.procedure(lookup(), this, "drop_branch", Caller.required("branch", VARCHAR)),
                Caller.procedure(lookup(), this, "fast_forward", Caller.required("branch", VARCHAR)));
    }

    /** @param tag whose state the branch begins with; without one it begins empty */
    public void createBranch(
            ConnectorAccessControl accessControl,
            ConnectorSession session,
            String schema,
            String table,
            String branch,
            String tag) {
        String name = Caller.required("branch", branch);
        caller.call(
                new Call(accessControl, session, schema, table),
                Change.ADD,
                Optional.of(ServiceResource.BRANCHES),
                "create a branch",
                called -> new TableBranches(Caller.shared(called)).create(name, Optional.ofNullable(tag)));
    }

    /** @param branch to drop, with what was committed to it */
    public void dropBranch(
            ConnectorAccessControl accessControl,
            ConnectorSession session,
            String schema,
            String table,
            String branch) {
        String name = Caller.required("branch", branch);
        caller.call(
                new Call(accessControl, session, schema, table),
                Change.LOSE,
                Optional.of(ServiceResource.BRANCHES),
                "drop a branch",
                called -> new TableBranches(Caller.shared(called)).drop(name));
    }

    /** @param branch whose state becomes the table's own; what was committed to the table since is lost */
    public void fastForward(
            ConnectorAccessControl accessControl,
            ConnectorSession session,
            String schema,
            String table,
            String branch) {
        String name = Caller.required("branch", branch);
        caller.call(
                new Call(accessControl, session, schema, table),
                Change.LOSE,
                Optional.of(ServiceResource.BRANCHES),
                "fast-forward main",
                called -> new TableBranches(Caller.shared(called)).fastForward(name));
    }
}
