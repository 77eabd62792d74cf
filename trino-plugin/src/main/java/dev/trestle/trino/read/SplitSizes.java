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

import io.trino.spi.SplitWeight;

/**
 * How much one split reads: so little that every driver of every node finds some, and so much that a split is worth the
 * trouble of opening files.
 */
record SplitSizes(long target) {

    private static final long LEAST = 4L << 20;
    private static final long MOST = 64L << 20;
    private static final int SPLITS_OF_A_DRIVER = 4;
    private static final double LEAST_WEIGHT = 0.05;

    /** What opening a file costs, in bytes that could be read meanwhile. */
    static final long OPENING = 1L << 20;

    /**
     * @param bytes that are read in all
     * @param drivers that read them
     */
    static SplitSizes of(long bytes, int drivers) {
        return new SplitSizes(Math.clamp(bytes / ((long) drivers * SPLITS_OF_A_DRIVER), LEAST, MOST));
    }

    SplitWeight weight(long bytes) {
        return SplitWeight.fromProportion(Math.clamp((double) bytes / MOST, LEAST_WEIGHT, 1));
    }
}
