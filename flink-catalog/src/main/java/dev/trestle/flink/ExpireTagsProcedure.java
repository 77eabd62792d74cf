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
package dev.trestle.flink;

import java.util.List;
import java.util.TimeZone;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.types.Row;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.flink.procedure.ProcedureBase;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.tag.TagTimeExpire;
import org.apache.paimon.utils.DateTimeUtils;

/**
 * {@code CALL sys.expire_tags}: Paimon's own takes the table's tags from its files and deletes them there, this one deletes
 * them through the catalog. Called by reflection: the types of its arguments are those of Paimon's.
 */
public final class ExpireTagsProcedure extends ProcedureBase {

    static final String IDENTIFIER = "expire_tags";

    /** Made by {@link Procedures} only. */
    ExpireTagsProcedure() {}

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    /**
     * Deletes the tags whose time is over.
     *
     * @param olderThan a timestamp in the JVM's time zone: tags made before it are deleted too, or null
     */
    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "older_than", type = @DataTypeHint("STRING"), isOptional = true)
            })
    @DataTypeHint("ROW<expired_tags STRING>")
    public Row[] call(ProcedureContext context, String table, String olderThan) throws Catalog.TableNotExistException {
        FileStoreTable stored = (FileStoreTable) table(table);
        TagTimeExpire expiry = TagTimeExpire.create(
                stored.snapshotManager(),
                stored.tagManager(),
                stored.store().newTagDeletion(),
                stored.store().createTagCallbacks(stored));
        if (olderThan != null) {
            expiry.withOlderThanTime(DateTimeUtils.parseTimestampData(olderThan, 3, TimeZone.getDefault())
                    .toLocalDateTime());
        }
        List<String> expired = expiry.expire();
        return expired.isEmpty()
                ? new Row[] {Row.of("No expired tags.")}
                : expired.stream().map(Row::of).toArray(Row[]::new);
    }
}
