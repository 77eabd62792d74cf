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
package dev.trestle.spark.read.parquet;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;

/**
 * Some of the row groups of a file: those whose middle lies between two positions. Where the file is left to Paimon, its first
 * part stands for all of it, and the others for nothing.
 *
 * @param file a split of one file
 * @param start the first position, in bytes
 * @param end the position after the last one
 */
public record FilePart(DataSplit file, long start, long end) implements Split {

    private static final long serialVersionUID = 1L;

    public FilePart {
        requireNonNull(file, "file is null");
    }

    /** All of a file. */
    public static FilePart whole(DataSplit file) {
        return new FilePart(file, 0, Long.MAX_VALUE);
    }

    boolean isFirst() {
        return start == 0;
    }

    /** What Paimon, which reads files whole, reads for this part. */
    public Optional<DataSplit> forWholeFile() {
        return isFirst() ? Optional.of(file) : Optional.empty();
    }

    boolean isWhole() {
        return isFirst() && end == Long.MAX_VALUE;
    }

    /** That of the file: how many of its rows are in a part is not known. */
    @Override
    public long rowCount() {
        return file.rowCount();
    }

    @Override
    public OptionalLong mergedRowCount() {
        return OptionalLong.empty();
    }
}
