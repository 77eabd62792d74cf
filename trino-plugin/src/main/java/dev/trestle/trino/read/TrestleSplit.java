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
package dev.trestle.trino.read;

import static io.airlift.slice.SizeOf.instanceSize;
import static io.airlift.slice.SizeOf.sizeOf;
import static java.util.Objects.requireNonNull;

import io.trino.spi.SplitWeight;
import io.trino.spi.connector.ConnectorSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.utils.InstantiationUtil;

/**
 * A part of a table, as Paimon has planned it. Holds no credential.
 *
 * @param serialized Paimon's split
 * @param start the first byte of the part of its only file that is to be read; 0 for all of its files
 * @param length {@link Long#MAX_VALUE} for all of its files
 * @param bucket of its rows, where the table has a fixed number of buckets
 */
public record TrestleSplit(byte[] serialized, long start, long length, OptionalInt bucket, SplitWeight splitWeight)
        implements ConnectorSplit {

    private static final int INSTANCE_SIZE = instanceSize(TrestleSplit.class);

    public TrestleSplit {
        requireNonNull(serialized, "serialized is null");
        requireNonNull(bucket, "bucket is null");
        requireNonNull(splitWeight, "splitWeight is null");
    }

    static TrestleSplit of(Split split, long start, long length, OptionalInt bucket, SplitWeight weight) {
        try {
            return new TrestleSplit(InstantiationUtil.serializeObject(split), start, length, bucket, weight);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paimon's split again. */
    public Split split(ClassLoader classLoader) throws IOException {
        try {
            return InstantiationUtil.deserializeObject(serialized, classLoader);
        } catch (ClassNotFoundException e) {
            throw new IOException("The split is of a class that this worker does not have", e);
        }
    }

    @Override
    public SplitWeight getSplitWeight() {
        return splitWeight;
    }

    @Override
    public long getRetainedSizeInBytes() {
        return INSTANCE_SIZE + sizeOf(serialized) + splitWeight.getRetainedSizeInBytes();
    }

    @Override
    public String toString() {
        return "TrestleSplit[" + serialized.length + " bytes]";
    }
}
