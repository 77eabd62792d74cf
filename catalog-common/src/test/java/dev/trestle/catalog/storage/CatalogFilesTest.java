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
package dev.trestle.catalog.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.ResolvingFileIO;
import org.apache.paimon.fs.hadoop.HadoopFileIO;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.options.Options;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogFilesTest {

    /** What an engine reaches files with. */
    private static final class EngineFiles extends LocalFileIO {

        private static final long serialVersionUID = 1L;

        private CatalogContext configuredWith;

        @Override
        public void configure(CatalogContext context) {
            configuredWith = context;
        }
    }

    private static final class Engine implements FileIOLoader {

        private static final long serialVersionUID = 1L;

        @Override
        public String getScheme() {
            return "engine";
        }

        @Override
        public FileIO load(Path path) {
            return new EngineFiles();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/table", "file:/a/table", "s3://a/table", "unheard-of://a/table"})
    void theEnginesOwnMeansOpenEachPath(String path) {
        CatalogContext context = CatalogContext.create(Options.fromMap(Map.of("k", "v")), new Engine(), null);

        FileIO files = new CatalogFiles(context).open(new Path(path));

        assertThat(files).isInstanceOf(EngineFiles.class);
        assertThat(((EngineFiles) files).configuredWith.options().get("k")).isEqualTo("v");
    }

    @Test
    void whatTheUserSetReachesTheFileSystemsOfAnotherProcess() throws Exception {
        FileIO files = new CatalogFiles(context(Map.of("hadoop.dfs.a", "b", "k", "v"))).open(new Path("hdfs://h/t"));

        ResolvingFileIO arrived = (ResolvingFileIO) InstantiationUtil.clone(InstantiationUtil.clone(files));

        HadoopFileIO hdfs = (HadoopFileIO) arrived.fileIO(new Path("hdfs://h/t"));
        assertThat(hdfs.hadoopConf().get("dfs.a")).isEqualTo("b");
        assertThat(hdfs.hadoopConf().get("fs.s3a.impl")).isNotNull();
    }

    @Test
    void tablesOfEqualCatalogsShareTheFileSystemsThatAProcessHasOpened() throws Exception {
        FileIO one = new CatalogFiles(context(Map.of("k", "v"))).open(new Path("file:/t"));
        FileIO same = new CatalogFiles(context(Map.of("k", "v"))).open(new Path("file:/t2"));
        FileIO other = new CatalogFiles(context(Map.of("k", "other"))).open(new Path("file:/t"));

        assertThat(InstantiationUtil.<FileIO>clone(one)).isSameAs(InstantiationUtil.<FileIO>clone(same));
        assertThat(InstantiationUtil.<FileIO>clone(one)).isNotSameAs(InstantiationUtil.<FileIO>clone(other));
    }

    private static CatalogContext context(Map<String, String> options) {
        return CatalogContext.create(Options.fromMap(options));
    }
}
