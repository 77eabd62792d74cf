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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.source.Split;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * How far a stream has read a table: everything before this. A position is at a snapshot, of which either the whole state is
 * read or what it changed, and in it at a split. Changes are those of the first snapshot with any, from this one on.
 *
 * <p>It has a mark of what was read last, by which it is seen that this is not in the table any more: numbers of snapshots
 * are given again after a table was rolled back or made anew. Two positions are in order by their place alone.
 */
final class StreamPosition extends Offset implements Comparable<StreamPosition> {

    private static final Pattern JSON = Pattern.compile(
            "\\{\"snapshot\":(\\d{1,18}),\"split\":(\\d{1,9}),\"full\":(true|false)(?:,\"mark\":\"([0-9a-f]{16})\")?}");

    private static final int MARK_BYTES = 8;

    private static final Comparator<StreamPosition> ORDER = Comparator.comparingLong(StreamPosition::snapshot)
            .thenComparingInt(position -> position.full ? 0 : 1)
            .thenComparingInt(StreamPosition::split);

    private final long snapshot;
    private final int split;
    private final boolean full;
    private final Optional<String> mark;

    private StreamPosition(long snapshot, int split, boolean full, Optional<String> mark) {
        this.snapshot = snapshot;
        this.split = split;
        this.full = full;
        this.mark = mark;
    }

    /** Before the state of a snapshot, which it is marked by. */
    static StreamPosition state(Snapshot snapshot) {
        return new StreamPosition(snapshot.id(), 0, true, Optional.of(mark(snapshot)));
    }

    /** Before what a snapshot changes, of whose predecessor nothing is known. */
    static StreamPosition changes(long snapshot) {
        return new StreamPosition(snapshot, 0, false, Optional.empty());
    }

    /** After a snapshot, which it is marked by. */
    static StreamPosition after(Snapshot snapshot) {
        return new StreamPosition(snapshot.id() + 1, 0, false, Optional.of(mark(snapshot)));
    }

    /** @throws IllegalArgumentException if a checkpoint has something else there */
    static StreamPosition parse(String json) {
        Matcher matcher = JSON.matcher(json.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("The checkpoint is not one of a stream of this catalog's tables: '"
                    + json + "'. Use another checkpoint location.");
        }
        return new StreamPosition(
                Long.parseLong(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Boolean.parseBoolean(matcher.group(3)),
                Optional.ofNullable(matcher.group(4)));
    }

    /** The same snapshot, before its first split. */
    StreamPosition begin() {
        return split == 0 ? this : new StreamPosition(snapshot, 0, full, Optional.empty());
    }

    /**
     * After some splits of the same snapshot, which it is marked by.
     *
     * @param splits all that there are, from {@link #begin} on
     */
    StreamPosition at(int otherSplit, List<Split> splits) {
        return otherSplit == 0
                ? begin()
                : new StreamPosition(snapshot, otherSplit, full, Optional.of(mark(splits.subList(0, otherSplit))));
    }

    /**
     * The same place, as that of the snapshot which has the splits: the ones before it have none, and may expire.
     *
     * @param ofTheSplits the position's, or one after that if all between have no splits
     */
    StreamPosition in(long ofTheSplits) {
        return split == 0 ? this : new StreamPosition(ofTheSplits, split, full, mark);
    }

    /** Whether what was read last is, for all that is known, one snapshot. */
    boolean isMarkedBy(Snapshot other) {
        return mark.isEmpty() || mark.get().equals(mark(other));
    }

    /** Whether both came from the same snapshots and files, for all that is known. */
    boolean hasMarkOf(StreamPosition other) {
        return mark.isEmpty() || other.mark.isEmpty() || mark.equals(other.mark);
    }

    /** A name that no other commit has. */
    private static String mark(Snapshot snapshot) {
        return mark(snapshot.deltaManifestList());
    }

    private static String mark(List<Split> splits) {
        List<String> names = new ArrayList<>();
        for (Split read : splits) {
            new SplitFiles(read).files().forEach(file -> names.add(file.fileName()));
        }
        return mark(String.join("\n", names));
    }

    private static String mark(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }

    long snapshot() {
        return snapshot;
    }

    int split() {
        return split;
    }

    boolean isFull() {
        return full;
    }

    @Override
    public String json() {
        return "{\"snapshot\":" + snapshot + ",\"split\":" + split + ",\"full\":" + full
                + mark.map(known -> ",\"mark\":\"" + known + "\"").orElse("") + "}";
    }

    @Override
    public int compareTo(StreamPosition other) {
        return ORDER.compare(this, other);
    }

    /** As Spark compares offsets, which may be known to it by their text alone. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Offset offset && json().equals(offset.json());
    }

    @Override
    public int hashCode() {
        return json().hashCode();
    }
}
