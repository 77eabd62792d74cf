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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.spark.sql.connector.read.streaming.CompositeReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxBytes;
import org.apache.spark.sql.connector.read.streaming.ReadMaxFiles;
import org.apache.spark.sql.connector.read.streaming.ReadMaxRows;

/** How much one batch of a stream may still read. Whole splits are read, and at least one, so that a stream goes on. */
final class StreamRate {

    private static final String MAX_FILES = "read.stream.maxFilesPerTrigger";
    private static final String MAX_ROWS = "read.stream.maxRowsPerTrigger";
    private static final String MAX_BYTES = "read.stream.maxBytesPerTrigger";

    private long files = Long.MAX_VALUE;
    private long rows = Long.MAX_VALUE;
    private long bytes = Long.MAX_VALUE;
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
        }
    }

    /** What the options of a stream allow for a batch. */
    static ReadLimit of(Map<String, String> options) {
        List<ReadLimit> limits = new ArrayList<>();
        if (options.containsKey(MAX_FILES)) {
            limits.add(ReadLimit.maxFiles(Math.toIntExact(positive(options, MAX_FILES))));
        }
        if (options.containsKey(MAX_ROWS)) {
            limits.add(ReadLimit.maxRows(positive(options, MAX_ROWS)));
        }
        if (options.containsKey(MAX_BYTES)) {
            limits.add(
                    ReadLimit.maxBytes(MemorySize.parse(options.get(MAX_BYTES)).getBytes()));
        }
        return limits.isEmpty() ? ReadLimit.allAvailable() : ReadLimit.compositeLimit(limits.toArray(ReadLimit[]::new));
    }

    private static long positive(Map<String, String> options, String key) {
        String value = options.get(key);
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(
                    "Option '" + key + "' must be a number of 1 or more, and is '" + value + "'.");
        }
        return Long.parseLong(value);
    }

    /** Takes a split, if it may be read in this batch. */
    boolean take(Split split) {
        List<DataFileMeta> read = split instanceof DataSplit data ? data.dataFiles() : List.of();
        files -= read.size();
        rows -= split.rowCount();
        bytes -= read.stream().mapToLong(DataFileMeta::fileSize).sum();
        boolean fits = files >= 0 && rows >= 0 && bytes >= 0;
        boolean first = !began;
        began = true;
        return fits || first;
    }
}
