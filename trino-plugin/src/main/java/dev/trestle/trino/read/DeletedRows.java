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

import static io.trino.spi.type.BigintType.BIGINT;
import static java.util.Objects.requireNonNull;

import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;
import java.util.function.UnaryOperator;
import org.apache.paimon.deletionvectors.DeletionVector;

/**
 * Takes the deleted rows out of the pages of a file.
 *
 * @param positionChannel the channel with the rows' positions in the file
 */
record DeletedRows(DeletionVector deleted, int positionChannel) implements UnaryOperator<SourcePage> {

    DeletedRows {
        requireNonNull(deleted, "deleted is null");
    }

    @Override
    public SourcePage apply(SourcePage page) {
        Block positions = page.getBlock(positionChannel);
        int[] kept = new int[page.getPositionCount()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            kept[count] = row;
            count += deleted.isDeleted(BIGINT.getLong(positions, row)) ? 0 : 1;
        }
        if (count < kept.length) {
            page.selectPositions(kept, 0, count);
        }
        return page;
    }
}
