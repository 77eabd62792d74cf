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

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.lookup;
import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.catalog.procedure.ServiceResource;
import dev.trestle.catalog.procedure.TableRollback;
import dev.trestle.trino.procedure.Caller.Call;
import dev.trestle.trino.procedure.Caller.Change;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.procedure.Procedure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Procedures that make an earlier state of a table the latest one. What was committed since is lost. */
public final class Rollbacks {

    private final Caller caller;

    @Inject
    Rollbacks(Caller caller) {
        this.caller = requireNonNull(caller, "caller is null");
    }

    List<Procedure> procedures() {
        return List.of(
                Caller.procedure(lookup(), this, "rollback_to_snapshot", Caller.required("snapshot_id", BIGINT)),
                Caller.procedure(lookup(), this, "rollback_to_timestamp", Caller.required("timestamp", VARCHAR)),
                Caller.procedure(lookup(), this, "rollback_to_tag", Caller.required("tag", VARCHAR)));
    }

    /** @param id the snapshot's number */
    public void rollbackToSnapshot(
            ConnectorAccessControl accessControl, ConnectorSession session, String schema, String table, Long id) {
        long snapshot = Caller.required("snapshot_id", id);
        rollback(new Call(accessControl, session, schema, table), rollback -> rollback.toSnapshot(snapshot));
    }

    /** @param text the time at which the wanted state was the latest one */
    public void rollbackToTimestamp(
            ConnectorAccessControl accessControl, ConnectorSession session, String schema, String table, String text) {
        Instant instant = TimeArgument.parse("timestamp", text, session);
        rollback(new Call(accessControl, session, schema, table), rollback -> rollback.toTimestamp(instant));
    }

    /** @param tag whose snapshot is wanted */
    public void rollbackToTag(
            ConnectorAccessControl accessControl, ConnectorSession session, String schema, String table, String tag) {
        String name = Caller.required("tag", tag);
        rollback(new Call(accessControl, session, schema, table), rollback -> rollback.toTag(name));
    }

    @FunctionalInterface
    private interface Target {
        long roll(TableRollback table) throws Exception;
    }

    private void rollback(Call call, Target target) {
        caller.call(
                call,
                Change.LOSE,
                Optional.of(ServiceResource.SNAPSHOTS),
                "roll back the state",
                called -> target.roll(new TableRollback(Caller.shared(called))));
    }
}
