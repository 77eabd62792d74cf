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

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * How far a stream has read a table: everything before this. A position is at a snapshot, of which either the whole state is
 * read or what it changed, and in it at a split. Changes are those of the first snapshot with any, from this one on.
 */
final class StreamPosition extends Offset implements Comparable<StreamPosition> {

    private static final Pattern JSON =
            Pattern.compile("\\{\"snapshot\":(\\d{1,18}),\"split\":(\\d{1,9}),\"full\":(true|false)}");

    private static final Comparator<StreamPosition> ORDER = Comparator.comparingLong(StreamPosition::snapshot)
            .thenComparingInt(position -> position.full ? 0 : 1)
            .thenComparingInt(StreamPosition::split);

    private final long snapshot;
    private final int split;
    private final boolean full;

    private StreamPosition(long snapshot, int split, boolean full) {
        this.snapshot = snapshot;
        this.split = split;
        this.full = full;
    }

    /** Before the state of a snapshot. */
    static StreamPosition state(long snapshot) {
        return new StreamPosition(snapshot, 0, true);
    }

    /** Before what a snapshot changes. */
    static StreamPosition changes(long snapshot) {
        return new StreamPosition(snapshot, 0, false);
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
                Boolean.parseBoolean(matcher.group(3)));
    }

    /** The same snapshot, before its first split. */
    StreamPosition begin() {
        return new StreamPosition(snapshot, 0, full);
    }

    StreamPosition at(int otherSplit) {
        return new StreamPosition(snapshot, otherSplit, full);
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
        return "{\"snapshot\":" + snapshot + ",\"split\":" + split + ",\"full\":" + full + "}";
    }

    @Override
    public int compareTo(StreamPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamPosition position && compareTo(position) == 0;
    }

    @Override
    public int hashCode() {
        return json().hashCode();
    }
}
