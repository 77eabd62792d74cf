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
package dev.trestle.trino.write;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

import io.airlift.slice.Slice;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RowBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.deletionvectors.Bitmap64DeletionVector;
import org.apache.paimon.deletionvectors.BitmapDeletionVector;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.utils.SerializationUtils;

/**
 * Changes rows of a table without a primary key. A row is deleted by its position in its file: either the file stays and the
 * position is marked, or the file is written again without such rows.
 */
final class AppendRowChanges implements RowChanges {

    /** A data file in which rows are deleted. */
    private record DataFile(Slice name, Slice partition, int bucket) {}

    private final RowWrites writes;
    private final boolean largeFiles;
    private final FileRewrite rewrite;
    private final boolean marks;
    private final Map<DataFile, DeletionVector> deleted = new LinkedHashMap<>();

    /** @param rewrite for tables that have no deletion vectors */
    AppendRowChanges(WriteJob job, RowWrites writes, FileRewrite rewrite) {
        this.writes = requireNonNull(writes, "writes is null");
        this.rewrite = requireNonNull(rewrite, "rewrite is null");
        this.largeFiles = job.table().coreOptions().deletionVectorBitmap64();
        this.marks = job.table().coreOptions().deletionVectorsEnabled();
    }

    @Override
    public void insert(BlockRow row) throws Exception {
        writes.write(row);
    }

    @Override
    public void insertUpdated(BlockRow row) throws Exception {
        writes.write(row);
    }

    @Override
    public void delete(Page page, int position) {
        Block ids = page.getBlock(page.getChannelCount() - 1);
        RowBlock id = (RowBlock) ids.getUnderlyingValueBlock();
        int index = ids.getUnderlyingValuePosition(position);
        DataFile file = new DataFile(
                VARCHAR.getSlice(id.getFieldBlock(0), index),
                VARBINARY.getSlice(id.getFieldBlock(2), index),
                INTEGER.getInt(id.getFieldBlock(3), index));
        deleted.computeIfAbsent(file, unused -> largeFiles ? new Bitmap64DeletionVector() : new BitmapDeletionVector())
                .delete(BIGINT.getLong(id.getFieldBlock(1), index));
    }

    @Override
    public void deleteUpdated(Page page, int position) {
        delete(page, position);
    }

    @Override
    public List<Fragment> finish() throws Exception {
        List<Fragment.Deletions> deletions = new ArrayList<>();
        deleted.forEach((file, positions) -> deletions.add(new Fragment.Deletions(
                SerializationUtils.deserializeBinaryRow(file.partition().getBytes()),
                file.bucket(),
                file.name().toStringUtf8(),
                positions)));
        List<Fragment> fragments = new ArrayList<>();
        if (marks) {
            fragments.addAll(deletions);
        } else {
            rewrite.without(deletions, writes).forEach(message -> fragments.add(new Fragment.Files(message)));
        }
        writes.finish().forEach(message -> fragments.add(new Fragment.Files(message)));
        return fragments;
    }
}
