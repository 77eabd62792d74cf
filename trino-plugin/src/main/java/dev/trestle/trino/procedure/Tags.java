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
import dev.trestle.catalog.procedure.TableTags;
import dev.trestle.trino.procedure.Caller.Call;
import dev.trestle.trino.procedure.Caller.Change;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.procedure.Procedure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Procedures for tags, which the service keeps. */
public final class Tags {

    private final Caller caller;

    @Inject
    Tags(Caller caller) {
        this.caller = requireNonNull(caller, "caller is null");
    }

    List<Procedure> procedures() {
        return List.of(
                Caller.procedure(
                        lookup(),
                        this,
                        "create_tag",
                        Caller.required("tag", VARCHAR),
                        Caller.optional("snapshot_id", BIGINT),
                        Caller.optional("time_retained", VARCHAR)),
                Caller.procedure(lookup(), this, "delete_tag", Caller.required("tag", VARCHAR)));
    }

    /**
     * @param snapshot the one to name; the latest if it is null
     * @param timeRetained after which the tag may be deleted by itself, such as {@code 7 d}; never if it is null
     */
    public void createTag(
            ConnectorAccessControl accessControl,
            ConnectorSession session,
            String schema,
            String table,
            String tag,
            Long snapshot,
            String timeRetained) {
        String name = Caller.required("tag", tag);
        OptionalLong id = snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot);
        caller.call(
                new Call(accessControl, session, schema, table),
                Change.ADD,
                Optional.of(ServiceResource.TAGS),
                "create a tag",
                called -> new TableTags(Caller.shared(called)).create(name, id, Optional.ofNullable(timeRetained)));
    }

    /** @param tag to delete; files that only it kept are deleted too */
    public void deleteTag(
            ConnectorAccessControl accessControl, ConnectorSession session, String schema, String table, String tag) {
        String name = Caller.required("tag", tag);
        caller.call(
                new Call(accessControl, session, schema, table),
                Change.LOSE,
                Optional.of(ServiceResource.TAGS),
                "delete a tag",
                called -> new TableTags(Caller.shared(called)).delete(name));
    }
}
