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
package dev.trestle.trino.function;

import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static io.trino.spi.type.DateTimeEncoding.unpackMillisUtc;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.procedure.Snapshots;
import io.airlift.slice.Slice;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.SchemaTableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.IncrementalBetweenScanMode;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;

/** The two states between which changes are asked for: numbers of snapshots, times, or tags. The first is excluded. */
final class ChangeRange {

    static final String START_SNAPSHOT = "START_SNAPSHOT_ID";
    static final String END_SNAPSHOT = "END_SNAPSHOT_ID";
    static final String START_TIMESTAMP = "START_TIMESTAMP";
    static final String END_TIMESTAMP = "END_TIMESTAMP";
    static final String START_TAG = "START_TAG";
    static final String END_TAG = "END_TAG";

    private final SchemaTableName name;
    private final FileStoreTable table;
    private final Map<String, Object> arguments;
    private final boolean comparesStates;

    private ChangeRange(
            SchemaTableName name, FileStoreTable table, Map<String, Object> arguments, boolean comparesStates) {
        this.name = name;
        this.table = table;
        this.arguments = arguments;
        this.comparesStates = comparesStates;
    }

    /**
     * How Paimon is told to read between the two.
     *
     * @param mode where the changes are to come from; empty for where Paimon thinks best
     */
    static Map<String, String> options(
            SchemaTableName name,
            FileStoreTable table,
            RestCatalog catalog,
            Identifier identifier,
            Map<String, Object> arguments,
            Optional<IncrementalBetweenScanMode> mode)
            throws Catalog.TableNotExistException {
        ChangeRange range = new ChangeRange(
                name,
                table,
                arguments,
                mode.filter(IncrementalBetweenScanMode.DIFF::equals).isPresent());
        long given = List.of(START_SNAPSHOT, START_TIMESTAMP, START_TAG).stream()
                .filter(range::isGiven)
                .count();
        if (given != 1) {
            throw wrong("Give one of the arguments START_SNAPSHOT_ID, START_TIMESTAMP and START_TAG, and the end of the"
                    + " same kind");
        }
        if (range.isGiven(START_SNAPSHOT)) {
            range.refuse(END_TIMESTAMP, END_TAG);
            return range.ofSnapshots();
        }
        if (range.isGiven(START_TIMESTAMP)) {
            range.refuse(END_SNAPSHOT, END_TAG);
            return range.ofTimes();
        }
        range.refuse(END_SNAPSHOT, END_TIMESTAMP);
        return range.ofTags(catalog, identifier);
    }

    private boolean isGiven(String argument) {
        return arguments.get(argument) != null;
    }

    private void refuse(String... ends) {
        for (String end : ends) {
            if (isGiven(end)) {
                throw wrong("Argument " + end + " is of another kind than the start: both are snapshots, both times, or"
                        + " both tags");
            }
        }
    }

    private Map<String, String> ofSnapshots() {
        long start = (long) arguments.get(START_SNAPSHOT);
        Optional<Long> end = isGiven(END_SNAPSHOT)
                ? Optional.of((long) arguments.get(END_SNAPSHOT))
                : table.latestSnapshot().map(Snapshot::id);
        requireStart(start);
        end.filter(id -> id != start).ifPresent(this::requireSnapshot);
        if (end.isPresent() && start > end.get()) {
            throw wrong("The first snapshot, " + start + ", must not be later than the last one, " + end.get());
        }
        return Map.of(CoreOptions.INCREMENTAL_BETWEEN.key(), start + "," + end.orElse(start));
    }

    /** It is excluded, so that it may be the one before all that are there, unless it is looked into. */
    private void requireStart(long id) {
        Long earliest = table.snapshotManager().earliestSnapshotId();
        if (comparesStates || id != (earliest == null ? 0 : earliest - 1)) {
            requireSnapshot(id);
        }
    }

    /** Before the first snapshot that ever was, the table had no rows; before the first that is left, nobody knows. */
    private void requireStart(Instant time) {
        Long earliest = table.snapshotManager().earliestSnapshotId();
        if (earliest != null
                && (comparesStates || earliest > Snapshot.FIRST_SNAPSHOT_ID)
                && Snapshots.at(table, time).isEmpty()) {
            throw wrong(Snapshots.missing(name, table, time));
        }
    }

    private void requireSnapshot(long id) {
        if (Snapshots.find(table, id).isEmpty()) {
            throw wrong(Snapshots.missing(name, table, id));
        }
    }

    /** Since a time that is later than all snapshots nothing has changed. */
    private Map<String, String> ofTimes() {
        long start = unpackMillisUtc((long) arguments.get(START_TIMESTAMP));
        long end = isGiven(END_TIMESTAMP)
                ? unpackMillisUtc((long) arguments.get(END_TIMESTAMP))
                : table.latestSnapshot()
                        .map(Snapshot::timeMillis)
                        .filter(latest -> latest > start)
                        .orElse(start);
        if (start > end) {
            throw wrong("START_TIMESTAMP must not be later than END_TIMESTAMP");
        }
        requireStart(Instant.ofEpochMilli(start));
        return Map.of(CoreOptions.INCREMENTAL_BETWEEN_TIMESTAMP.key(), start + "," + end);
    }

    private Map<String, String> ofTags(RestCatalog catalog, Identifier identifier)
            throws Catalog.TableNotExistException {
        if (!isGiven(END_TAG)) {
            throw wrong("Argument END_TAG is missing: it names the tag up to which changes are asked for");
        }
        String start = requireTag(catalog, identifier, START_TAG);
        String end = requireTag(catalog, identifier, END_TAG);
        return Map.of(CoreOptions.INCREMENTAL_BETWEEN.key(), start + "," + end);
    }

    private String requireTag(RestCatalog catalog, Identifier identifier, String argument)
            throws Catalog.TableNotExistException {
        String tag = ((Slice) arguments.get(argument)).toStringUtf8();
        Optional<Snapshot> tagged = Snapshots.tagged(catalog, identifier, tag);
        if (tagged.isEmpty()) {
            throw wrong("Table " + name + " has no tag '" + tag + "'");
        }
        return tag;
    }

    private static TrinoException wrong(String message) {
        return new TrinoException(INVALID_FUNCTION_ARGUMENT, message);
    }
}
