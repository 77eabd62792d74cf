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
package dev.trestle.server.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Marks of partitions that are complete, for use inside {@link Store#read} and {@link Store#write}. */
public final class DonePartitions {

    private DonePartitions() {}

    /**
     * When and by whom a partition was marked.
     *
     * @param at milliseconds since the epoch
     */
    public record Mark(long at, String by) {}

    /** The marks of a table's branch by partition name. */
    public static Map<String, Mark> of(Handle handle, String tableId, String branch) {
        Map<String, Mark> marks = new HashMap<>();
        handle.createQuery("SELECT partition_name, marked_at, marked_by FROM done_partitions"
                        + " WHERE table_id = :table AND branch = :branch")
                .bind("table", tableId)
                .bind("branch", branch)
                .map((row, context) -> Map.entry(row.getString(1), new Mark(row.getLong(2), row.getString(3))))
                .forEach(entry -> marks.put(entry.getKey(), entry.getValue()));
        return marks;
    }

    /** Forgets the marks of a branch. */
    public static void remove(Handle handle, String tableId, String branch) {
        handle.createUpdate("DELETE FROM done_partitions WHERE table_id = :table AND branch = :branch")
                .bind("table", tableId)
                .bind("branch", branch)
                .execute();
    }

    /** Takes the marks of a branch to its new name. */
    public static void rename(Handle handle, String tableId, String from, String to) {
        handle.createUpdate("UPDATE done_partitions SET branch = :to WHERE table_id = :table AND branch = :from")
                .bind("table", tableId)
                .bind("from", from)
                .bind("to", to)
                .execute();
    }

    /** Marks partitions; marking one again renews its mark. */
    public static void mark(Handle handle, String tableId, String branch, Collection<String> partitions, Mark mark) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO done_partitions (table_id, branch, partition_name, marked_at, marked_by)"
                        + " VALUES (:table, :branch, :partition, :at, :by)"
                        + " ON CONFLICT (table_id, branch, partition_name) DO UPDATE"
                        + " SET marked_at = excluded.marked_at, marked_by = excluded.marked_by");
        for (String partition : partitions) {
            batch.bind("table", tableId)
                    .bind("branch", branch)
                    .bind("partition", partition)
                    .bind("at", mark.at())
                    .bind("by", mark.by())
                    .add();
        }
        batch.execute();
    }
}
