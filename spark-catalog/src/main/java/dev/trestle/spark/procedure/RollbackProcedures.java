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
package dev.trestle.spark.procedure;

import static dev.trestle.spark.procedure.TableProcedure.column;
import static dev.trestle.spark.procedure.TableProcedure.optional;
import static dev.trestle.spark.procedure.TableProcedure.required;

import dev.trestle.catalog.procedure.CalledTable;
import dev.trestle.catalog.procedure.ServiceResource;
import dev.trestle.catalog.procedure.TableRollback;
import dev.trestle.catalog.procedure.WrongArgumentException;
import dev.trestle.spark.procedure.TableProcedure.Definition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.Snapshot;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Procedures that make an earlier state of a table the latest one. */
final class RollbackProcedures {

    private static final StructType SNAPSHOTS = new StructType(new StructField[] {
        column("previous_snapshot_id", DataTypes.LongType), column("current_snapshot_id", DataTypes.LongType)
    });

    private RollbackProcedures() {}

    /** Rolls back and answers the snapshot that is the latest one then. */
    private interface Rollback {
        long run(TableRollback table) throws Exception;
    }

    static List<Definition> all() {
        return List.of(
                new Definition(
                        "rollback",
                        "Makes a snapshot the latest one; what was committed since is lost",
                        List.of(
                                optional("version", DataTypes.StringType, "the id of a snapshot or the name of a tag"),
                                optional("snapshot", DataTypes.LongType, "the id of a snapshot"),
                                optional("tag", DataTypes.StringType, "the name of a tag")),
                        SNAPSHOTS,
                        Optional.of(ServiceResource.SNAPSHOTS),
                        RollbackProcedures::rollback),
                new Definition(
                        "rollback_to_timestamp",
                        "Makes the snapshot of a time the latest one; what was committed since is lost",
                        List.of(required("timestamp", DataTypes.LongType, "the time, in milliseconds of the epoch")),
                        SNAPSHOTS,
                        Optional.of(ServiceResource.SNAPSHOTS),
                        (table, arguments) -> {
                            Instant time = Instant.ofEpochMilli(arguments.number("timestamp"));
                            return rollback(table, rollback -> rollback.toTimestamp(time));
                        }));
    }

    private static Object[] rollback(CalledTable table, Arguments arguments) throws Exception {
        long given =
                Stream.of("version", "snapshot", "tag").filter(arguments::given).count();
        if (given != 1) {
            throw new WrongArgumentException(
                    "One of the arguments 'snapshot', 'tag' and 'version' must be given, and " + given + " are");
        }
        return rollback(table, rollback -> {
            if (arguments.given("snapshot")) {
                return rollback.toSnapshot(arguments.number("snapshot"));
            }
            if (arguments.given("tag")) {
                return rollback.toTag(arguments.text("tag"));
            }
            String version = arguments.text("version");
            return version.matches("\\d{1,18}")
                    ? rollback.toSnapshot(Long.parseLong(version))
                    : rollback.toTag(version);
        });
    }

    private static Object[] rollback(CalledTable table, Rollback rollback) throws Exception {
        long before = table.stored().latestSnapshot().map(Snapshot::id).orElse(0L);
        return new Object[] {before, rollback.run(new TableRollback(table))};
    }
}
