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
package dev.trestle.catalog.table;

import static java.util.Objects.requireNonNull;

import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.paimon.deletionvectors.Bitmap64DeletionVector;
import org.apache.paimon.deletionvectors.BitmapDeletionVector;
import org.apache.paimon.deletionvectors.DeletionVector;

/**
 * A deletion vector that others of both kinds can be merged into. Which kind is written is an option of the table ({@code
 * deletion-vectors.bitmap64}) that may be changed at any time, while each vector that is there tells its own kind to who reads it;
 * Paimon's own merge with their like alone. Of two kinds becomes the one of 64 bits. Not safe for use by many threads.
 */
public final class MixedDeletionVector implements DeletionVector {

    private DeletionVector rows;

    /** The rows of a vector, which is this one's own from now on. */
    public MixedDeletionVector(DeletionVector rows) {
        this.rows = requireNonNull(rows, "rows is null");
    }

    @Override
    public void merge(DeletionVector other) {
        DeletionVector added = other instanceof MixedDeletionVector mixed ? mixed.rows : other;
        if (rows.getClass() != added.getClass()) {
            rows = large(rows);
            added = large(added);
        }
        rows.merge(added);
    }

    private static DeletionVector large(DeletionVector vector) {
        return vector instanceof BitmapDeletionVector small
                ? Bitmap64DeletionVector.fromBitmapDeletionVector(small)
                : vector;
    }

    @Override
    public void delete(long position) {
        rows.delete(position);
    }

    @Override
    public boolean isDeleted(long position) {
        return rows.isDeleted(position);
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public long getCardinality() {
        return rows.getCardinality();
    }

    @Override
    public int serializeTo(DataOutputStream out) throws IOException {
        return rows.serializeTo(out);
    }
}
