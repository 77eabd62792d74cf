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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.table.source.Split;
import org.apache.spark.sql.connector.read.streaming.CompositeReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxBytes;
import org.apache.spark.sql.connector.read.streaming.ReadMaxFiles;
import org.apache.spark.sql.connector.read.streaming.ReadMaxRows;
import org.apache.spark.sql.connector.read.streaming.ReadMinRows;

/** How much one batch of a stream may still read. Whole splits are read, and at least one, so that a stream goes on. */
final class StreamRate {

    private static final String MAX_FILES = "read.stream.maxFilesPerTrigger";
    private static final String MAX_ROWS = "read.stream.maxRowsPerTrigger";
    private static final String MAX_BYTES = "read.stream.maxBytesPerTrigger";
    private static final String MIN_ROWS = "read.stream.minRowsPerTrigger";
    private static final String MAX_DELAY = "read.stream.maxTriggerDelayMs";

    /** The options of a rate. */
    static final List<String> OPTIONS = List.of(MAX_FILES, MAX_ROWS, MAX_BYTES, MIN_ROWS, MAX_DELAY);

    private long files = Long.MAX_VALUE;
    private long rows = Long.MAX_VALUE;
    private long bytes = Long.MAX_VALUE;
    private long rowsToWaitFor;
    private Duration longestWait = Duration.ZERO;
    private boolean began;

    StreamRate(ReadLimit limit) {
        lower(limit);
    }

    private void lower(ReadLimit limit) {
        if (limit instanceof CompositeReadLimit all) {
            for (ReadLimit one : all.getReadLimits()) {
                lower(one);
            }
        } else if (limit instanceof ReadMaxFiles most) {
            files = most.maxFiles();
        } else if (limit instanceof ReadMaxRows most) {
            rows = most.maxRows();
        } else if (limit instanceof ReadMaxBytes most) {
            bytes = most.maxBytes();
        } else if (limit instanceof ReadMinRows least) {
            rowsToWaitFor = least.minRows();
            longestWait = Duration.ofMillis(least.maxTriggerDelayMs());
        }
    }

    /**
     * What the options of a stream allow for a batch.
     *
     * @throws IllegalArgumentException if one of them is no number, or none of 1 or more
     */
    static ReadLimit of(Map<String, String> options) {
        List<ReadLimit> limits = new ArrayList<>();
        if (options.containsKey(MAX_FILES)) {
            limits.add(ReadLimit.maxFiles((int) Math.min(Integer.MAX_VALUE, number(options, MAX_FILES))));
        }
        if (options.containsKey(MAX_ROWS)) {
            limits.add(ReadLimit.maxRows(number(options, MAX_ROWS)));
        }
        if (options.containsKey(MAX_BYTES)) {
            limits.add(ReadLimit.maxBytes(bytes(options.get(MAX_BYTES))));
        }
        if (options.containsKey(MIN_ROWS) != options.containsKey(MAX_DELAY)) {
            throw new IllegalArgumentException(
                    "Options '" + MIN_ROWS + "' and '" + MAX_DELAY + "' go together: set both, or none.");
        }
        if (options.containsKey(MIN_ROWS)) {
            limits.add(ReadLimit.minRows(number(options, MIN_ROWS), number(options, MAX_DELAY)));
        }
        return limits.isEmpty() ? ReadLimit.allAvailable() : ReadLimit.compositeLimit(limits.toArray(ReadLimit[]::new));
    }

    private static long number(Map<String, String> options, String key) {
        String value = options.get(key);
        try {
            long number = Long.parseLong(value.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("Option '" + key + "' must be a whole number from 1 to " + Long.MAX_VALUE
                + ", and is '" + value + "'.");
    }

    private static long bytes(String value) {
        try {
            long bytes = MemorySize.parse(value).getBytes();
            if (bytes > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "Option '" + MAX_BYTES + "' must be a size from 1 byte on, such as '64 mb', and is '" + value + "'.");
    }

    /** Takes a split, if it may be read in this batch. */
    boolean take(Split split) {
        List<DataFileMeta> read = new SplitFiles(split).files();
        files -= read.size();
        rows -= split.rowCount();
        rowsToWaitFor -= split.rowCount();
        bytes -= read.stream().mapToLong(DataFileMeta::fileSize).sum();
        boolean fits = files >= 0 && rows >= 0 && bytes >= 0;
        if (files <= 0 || rows <= 0 || bytes <= 0) {
            takeNoMore();
        }
        boolean first = !began;
        began = true;
        return fits || first;
    }

    /** Says that the batch cannot have more than it has, so that it waits for nothing. */
    void takeNoMore() {
        rowsToWaitFor = 0;
    }

    /** Whether a batch of what was taken is to wait for more, so long after the one before it. */
    boolean waitsFor(Duration sinceTheLast) {
        return rowsToWaitFor > 0 && sinceTheLast.compareTo(longestWait) < 0;
    }
}
