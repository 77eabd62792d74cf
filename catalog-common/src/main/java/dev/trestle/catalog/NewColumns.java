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
package dev.trestle.catalog;

import dev.trestle.catalog.api.TableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.table.FileStoreTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes changes that bring columns into a table, as {@link NewTables} completes those that it is made with. */
record NewColumns(TableOpener opener) {

    private static final Logger LOG = LoggerFactory.getLogger(NewColumns.class);

    /** The changes to send to the service. Asks for the table only where its first column of some type is added. */
    List<SchemaChange> complete(Identifier identifier, List<SchemaChange> wanted) {
        if (identifier.isSystemTable() || !OrcInstants.areAddedBy(wanted) || !isFirstInOrc(identifier, wanted)) {
            return wanted;
        }
        List<SchemaChange> changes = new ArrayList<>(wanted);
        changes.add(OrcInstants.heldAsTheyAre());
        return changes;
    }

    private boolean isFirstInOrc(Identifier identifier, List<SchemaChange> changes) {
        try {
            TableInfo table = opener.describe(identifier);
            return OrcInstants.areShiftedBy(table.schema().options(), changes)
                    && !OrcInstants.areIn(table.schema().fields())
                    && opener.open(identifier, table) instanceof FileStoreTable stored
                    && hadNone(stored.schemaManager(), table.schemaId());
        } catch (TableNotExistException e) {
            // To be told by the change itself, which may be one to ignore that.
            return false;
        }
    }

    /** Whether no schema before the present one had any: files of that time have none then, and are not read otherwise now. */
    private static boolean hadNone(SchemaManager schemas, long now) {
        try {
            return LongStream.range(0, now)
                    .allMatch(id -> !OrcInstants.areIn(schemas.schema(id).fields()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "The earlier schemas of a table cannot be read, so its new column of points of time is held in ORC files as"
                            + " Paimon has them by default: shifted by the time zone of the writer's JVM",
                    e);
            return false;
        }
    }
}
