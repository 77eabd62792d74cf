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
package dev.trestle.spark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.paimon.fs.local.LocalFileIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileSystemTest {

    private final Configuration configuration = new Configuration();

    @TempDir
    private java.nio.file.Path directory;

    private Path root;
    private FileSystem files;

    @BeforeEach
    void open() throws Exception {
        root = new Path(DirectoriesAsStore.uri(directory));
        TableFileSystem.options(root.toString(), new LocalFileIO()).forEach(configuration::set);
        files = root.getFileSystem(configuration);
    }

    private void write(Path file, String text) throws Exception {
        try (FSDataOutputStream out = files.create(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aFileIsReadFromAnyPosition() throws Exception {
        Path file = new Path(root, "a b/c.txt");
        write(file, "0123456789");
        byte[] two = new byte[2];

        try (FSDataInputStream in = files.open(file)) {
            in.seek(3);
            assertThat(in.read()).isEqualTo('3');
            in.readFully(7, two);
            assertThat(in.getPos())
                    .as("a read at a position leaves the stream where it is")
                    .isEqualTo(4);
        }

        assertThat(two).asString(StandardCharsets.UTF_8).isEqualTo("78");
    }

    @Test
    void filesAreShownUnderTheirOwnScheme() throws Exception {
        Path file = new Path(root, "d/e.txt");
        write(file, "four");

        FileStatus[] listed = files.listStatus(new Path(root, "d"));

        assertThat(listed).extracting(FileStatus::getPath).containsExactly(file);
        assertThat(files.getFileStatus(file).getLen()).isEqualTo(4);
        assertThat(files.getFileStatus(root).isDirectory()).isTrue();
    }

    @Test
    void filesAreRenamedAndDeleted() throws Exception {
        Path file = new Path(root, "f");
        Path renamed = new Path(root, "g/h");
        write(file, "");

        assertThat(files.rename(file, renamed)).isTrue();
        assertThat(files.exists(file)).isFalse();
        assertThat(files.delete(new Path(root, "g"), true)).isTrue();

        assertThatThrownBy(() -> files.getFileStatus(renamed)).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void twoTablesOfOneBucketShareNone() throws Exception {
        assertThat(root.getFileSystem(configuration)).isNotSameAs(files);
    }

    @Test
    void filesInNoObjectStoreAreLeftToHadoop() {
        assertThat(TableFileSystem.options("hdfs://name/t", new LocalFileIO())).isEmpty();
        assertThat(TableFileSystem.options("file:/t", new LocalFileIO())).isEmpty();
        assertThat(TableFileSystem.options("/t", new LocalFileIO())).isEmpty();
    }
}
