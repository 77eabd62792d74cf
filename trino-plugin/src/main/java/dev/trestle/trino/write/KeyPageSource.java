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

import dev.trestle.trino.read.DerivedPageSource;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RowBlock;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import java.util.List;

/** Pages of a table with a primary key, with a row id that is made of columns. */
final class KeyPageSource extends DerivedPageSource {

    /** Stands for the row id among channels. */
    static final int ROW_ID = -1;

    private final List<Integer> channels;
    private final List<Integer> idChannels;

    /**
     * @param channels of the source for each channel of the pages made here
     * @param idChannels of the source for each field of the row id
     */
    KeyPageSource(ConnectorPageSource source, List<Integer> channels, List<Integer> idChannels) {
        super(source);
        this.channels = List.copyOf(channels);
        this.idChannels = List.copyOf(idChannels);
    }

    @Override
    protected SourcePage derive(SourcePage page) {
        Block[] blocks = channels.stream()
                .map(channel -> channel == ROW_ID ? rowId(page) : page.getBlock(channel))
                .toArray(Block[]::new);
        return SourcePage.create(new Page(page.getPositionCount(), blocks));
    }

    private Block rowId(SourcePage page) {
        Block[] fields = idChannels.stream().map(page::getBlock).toArray(Block[]::new);
        return RowBlock.fromFieldBlocks(page.getPositionCount(), fields);
    }
}
