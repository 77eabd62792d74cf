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
package dev.trestle.server.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.TestServer.Ability;
import java.time.Duration;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.rest.responses.GetTagResponse;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.utils.SnapshotNotExistException;
import org.junit.jupiter.api.Test;

/** Tags. */
public abstract class TagSuite extends CatalogSuite {

    private Table tableOfTwoSnapshots() throws Exception {
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        Rows.write(table, Rows.row(2, "b"));
        return table;
    }

    @Test
    void keepsATagOfASnapshot() throws Exception {
        tableOfTwoSnapshots();

        catalog().createTag(id("t"), "first", 1L, "36 h", false);

        GetTagResponse found = catalog().getTag(id("t"), "first");
        assertThat(found.tagName()).isEqualTo("first");
        assertThat(found.snapshot().id()).isEqualTo(1);
        assertThat(found.tagTimeRetained()).isEqualTo(Duration.ofHours(36).toString());
        assertThat(found.tagCreateTime()).isPositive();
        assertThat(catalog().loadSnapshot(id("t"), "first").orElseThrow().id()).isEqualTo(1);
    }

    @Test
    void tagsTheLatestSnapshot() throws Exception {
        tableOfTwoSnapshots();

        catalog().createTag(id("t"), "latest", null, null, false);

        assertThat(catalog().getTag(id("t"), "latest").snapshot().id()).isEqualTo(2);
        assertThat(catalog().getTag(id("t"), "latest").tagTimeRetained()).isNull();
    }

    @Test
    void refusesATagThatExists() throws Exception {
        tableOfTwoSnapshots();
        catalog().createTag(id("t"), "x", 1L, null, false);

        assertThatThrownBy(() -> catalog().createTag(id("t"), "x", 1L, null, false))
                .isInstanceOf(Catalog.TagAlreadyExistException.class);
        catalog().createTag(id("t"), "x", 2L, null, true);
        assertThat(catalog().getTag(id("t"), "x").snapshot().id()).isEqualTo(1);
    }

    @Test
    void doesNotFindWhatIsNotThere() throws Exception {
        tableOfTwoSnapshots();

        assertThatThrownBy(() -> catalog().getTag(id("t"), "nope")).isInstanceOf(Catalog.TagNotExistException.class);
        assertThatThrownBy(() -> catalog().deleteTag(id("t"), "nope")).isInstanceOf(Catalog.TagNotExistException.class);
        assertThatThrownBy(() -> catalog().createTag(id("t"), "x", 77L, null, false))
                .isInstanceOf(SnapshotNotExistException.class);
        assertThatThrownBy(() -> catalog().getTag(id("nope"), "x")).isInstanceOf(Catalog.TableNotExistException.class);
        assertThatThrownBy(() -> catalog().createTag(id("nope"), "x", 1L, null, false))
                .isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void refusesATagOfATableWithoutSnapshots() throws Exception {
        createTable("t");

        assertThatThrownBy(() -> catalog().createTag(id("t"), "x", null, null, false))
                .isInstanceOf(SnapshotNotExistException.class);
    }

    @Test
    void pagesThroughTagsByPrefix() throws Exception {
        needs(Ability.FILTERS_TAGS_BY_PREFIX);
        tableOfTwoSnapshots();
        for (String name : new String[] {"a1", "a2", "a3", "b1"}) {
            catalog().createTag(id("t"), name, 1L, null, false);
        }

        assertThat(pages(token -> catalog().listTagsPaged(id("t"), 2, token, "a")))
                .containsExactly("a1", "a2", "a3");
        assertThat(pages(token -> catalog().listTagsPaged(id("t"), 2, token, "a%")))
                .containsExactly("a1", "a2", "a3");
    }

    @Test
    void listsTags() throws Exception {
        tableOfTwoSnapshots();
        assertThat(catalog().listTagsPaged(id("t"), null, null, null).getElements())
                .isEmpty();
        catalog().createTag(id("t"), "x", 1L, null, false);
        catalog().createTag(id("t"), "y", 2L, null, false);

        assertThat(catalog().listTagsPaged(id("t"), null, null, null).getElements())
                .containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void deletesATag() throws Exception {
        tableOfTwoSnapshots();
        catalog().createTag(id("t"), "x", 1L, null, false);

        catalog().deleteTag(id("t"), "x");

        assertThatThrownBy(() -> catalog().getTag(id("t"), "x")).isInstanceOf(Catalog.TagNotExistException.class);
    }

    @Test
    void sharesTagsWithWhoeverReadsTheFiles() throws Exception {
        FileStoreTable table = (FileStoreTable) tableOfTwoSnapshots();
        catalog().createTag(id("t"), "by-catalog", 1L, null, false);
        table.createTag("by-file", 2L);

        assertThat(table.tagManager().allTagNames()).containsExactlyInAnyOrder("by-catalog", "by-file");
        assertThat(catalog().getTag(id("t"), "by-file").snapshot().id()).isEqualTo(2);
        assertThat(Rows.read(table.copy(Map.of("scan.tag-name", "by-catalog")))).containsExactly("[1, a]");
    }

    @Test
    void refusesANameThatIsAPath() throws Exception {
        needs(Ability.TAKES_ANY_NAME);
        tableOfTwoSnapshots();

        assertThatThrownBy(() -> catalog().createTag(id("t"), "../x", 1L, null, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
