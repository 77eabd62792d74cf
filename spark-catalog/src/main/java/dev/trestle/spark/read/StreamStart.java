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
package dev.trestle.spark.read;

import dev.trestle.catalog.procedure.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.StartupMode;
import org.apache.paimon.Snapshot;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.snapshot.TimeTravelUtil;

/**
 * Where a stream begins, as the table's options say ({@code scan.mode} and those beside it). Kept in the checkpoint: a stream
 * that is started again begins where it began first, whatever was committed since.
 */
record StreamStart(String name, FileStoreTable table) {

    /** Says to begin with the earliest snapshot that is there; Paimon has no mode of it. */
    static final String START = "read.stream.start";

    private static final String EARLIEST = "earliest";
    private static final StreamPosition FIRST = StreamPosition.changes(Snapshot.FIRST_SNAPSHOT_ID);

    /** The position that is kept, or else the one found now. */
    StreamPosition keptIn(String checkpoint, Configuration hadoop) {
        Path kept = new Path(checkpoint, "start");
        try {
            FileSystem files = kept.getFileSystem(hadoop);
            if (files.exists(kept)) {
                try (FSDataInputStream in = files.open(kept)) {
                    return StreamPosition.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            StreamPosition found = find();
            Path written = new Path(checkpoint, ".start.tmp");
            try (FSDataOutputStream out = files.create(written, true)) {
                out.write(found.json().getBytes(StandardCharsets.UTF_8));
            }
            if (!files.rename(written, kept)) {
                throw new IOException("Could not rename " + written + " to " + kept);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The beginning of the stream of table " + name + " cannot be kept in its checkpoint " + checkpoint,
                    e);
        }
    }

    private StreamPosition find() {
        CoreOptions options = table.coreOptions();
        Optional<String> asked = Optional.ofNullable(table.options().get(START));
        if (asked.isPresent()) {
            return asked.get().equalsIgnoreCase(EARLIEST) ? earliest() : unknown(START, asked.get());
        }
        Optional<Snapshot> latest = table.latestSnapshot();
        StartupMode mode = options.startupMode();
        return switch (mode) {
            case LATEST -> latest.map(StreamPosition::after).orElse(FIRST);
            case LATEST_FULL, FULL, DEFAULT -> latest.map(StreamPosition::state).orElse(FIRST);
            case FROM_TIMESTAMP -> since(millis());
            case FROM_SNAPSHOT -> from(id(options));
            case FROM_SNAPSHOT_FULL -> StreamPosition.state(snapshot(id(options), Snapshots.find(table, id(options))));
            default -> unknown(CoreOptions.SCAN_MODE.key(), mode.toString());
        };
    }

    private StreamPosition unknown(String option, String value) {
        throw new UnsupportedOperationException("A stream of table " + name + " cannot begin by '" + option + "'='"
                + value + "'. It begins by '" + CoreOptions.SCAN_MODE.key()
                + "' latest-full, latest, from-timestamp, from-snapshot, from-snapshot-full, or by '" + START + "'='"
                + EARLIEST + "'.");
    }

    /** With all that is there: the state of the earliest snapshot, unless that is the very first. */
    private StreamPosition earliest() {
        Snapshot earliest = table.snapshotManager().earliestSnapshot();
        return earliest == null || earliest.id() == Snapshot.FIRST_SNAPSHOT_ID ? FIRST : StreamPosition.state(earliest);
    }

    /** With what was committed at an instant or later, as far as it is there. */
    private StreamPosition since(long millis) {
        Long before = TimeTravelUtil.earlierThanTimeMills(
                table.snapshotManager(),
                table.changelogManager(),
                millis,
                table.coreOptions().changelogLifecycleDecoupled(),
                false);
        return before == null ? FIRST : after(before);
    }

    /** With a snapshot, or with the one that comes next: that is where one goes on who has read all. */
    private StreamPosition from(long id) {
        // By the files, as streams are planned: what the service said of the latest may be a second old.
        Long latest = table.snapshotManager().latestSnapshotIdFromFileSystem();
        long next = latest == null ? Snapshot.FIRST_SNAPSHOT_ID : latest + 1;
        long first =
                id == next ? id : snapshot(id, StreamHistory.find(table, id)).id();
        return after(first - 1);
    }

    private StreamPosition after(long id) {
        return StreamHistory.find(table, id).map(StreamPosition::after).orElseGet(() -> StreamPosition.changes(id + 1));
    }

    /** Of a text by the time zone of this process, as Paimon has it for other reads. */
    private long millis() {
        try {
            return Optional.ofNullable(TimeTravelUtil.scanTimestampMills(Options.fromMap(table.options())))
                    .orElseThrow(() -> new IllegalArgumentException("A stream of table " + name
                            + " that begins at a time needs that: set '" + CoreOptions.SCAN_TIMESTAMP_MILLIS.key()
                            + "' or '" + CoreOptions.SCAN_TIMESTAMP.key() + "'."));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Option '" + CoreOptions.SCAN_TIMESTAMP.key()
                            + "' must be a time such as '2026-01-31 12:00:00', and is" + " '"
                            + table.options().get(CoreOptions.SCAN_TIMESTAMP.key()) + "'.",
                    e);
        }
    }

    private long id(CoreOptions options) {
        Long id = options.scanSnapshotId();
        if (id == null) {
            throw new UnsupportedOperationException("A stream of table " + name + " begins at a snapshot by '"
                    + CoreOptions.SCAN_SNAPSHOT_ID.key() + "' only, not by a tag or a version.");
        }
        return id;
    }

    private Snapshot snapshot(long id, Optional<Snapshot> found) {
        return found.orElseThrow(() -> new IllegalArgumentException(Snapshots.missing(name, table, id)));
    }
}
