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

/**
 * A part of a table that one driver reads.
 *
 * @param serialized Paimon's split, in Java's serialization, which each of its kinds has
 */
public record TrestleSplit(byte[] serialized, SplitWeight splitWeight) implements ConnectorSplit {

    private static final int INSTANCE_SIZE = instanceSize(TrestleSplit.class);

    public TrestleSplit {
        requireNonNull(serialized, "serialized is null");
        requireNonNull(splitWeight, "splitWeight is null");
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
