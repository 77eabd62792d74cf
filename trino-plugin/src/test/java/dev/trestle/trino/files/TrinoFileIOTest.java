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
package dev.trestle.trino.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.filesystem.memory.MemoryFileSystemFactory;
import io.trino.filesystem.s3.S3FileSystemConstants;
import io.trino.filesystem.switching.SwitchingFileSystemFactory;
import io.trino.spi.security.ConnectorIdentity;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.VectoredReadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Paimon's files over Trino's file systems: one with directories, and one that is an object store. */
class TrinoFileIOTest {

    private static final ConnectorIdentity USER = ConnectorIdentity.ofUser("user");

    @TempDir
    private java.nio.file.Path directory;

    private enum Store {
        DIRECTORIES,
        OBJECTS
    }

    private FileIO files(Store store) {
        TrinoFileSystemFactory factory = store == Store.DIRECTORIES
                ? new LocalFileSystemFactory(java.nio.file.Path.of("/"))
                : new MemoryFileSystemFactory();
        return new TrinoFiles(factory, USER).load(root(store));
    }

    private Path root(Store store) {
        return new Path(store == Store.DIRECTORIES ? directory + "/a b" : "memory:///a b");
    }

    private static void write(FileIO files, Path path, String text) throws Exception {
        try (PositionOutputStream out = files.newOutputStream(path, false)) {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(out.getPos()).isEqualTo(text.length());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsWrittenReadListedAndDeleted(Store store) throws Exception {
        FileIO files = files(store);
        Path file = new Path(root(store), "dir/file%20=1");
        assertThat(files.exists(file)).isFalse();
        write(files, file, "0123456789");

        assertThat(files.readFileUtf8(file)).isEqualTo("0123456789");
        try (SeekableInputStream in = files.newInputStream(file)) {
            in.seek(7);
            assertThat(in.read()).isEqualTo('7');
            assertThat(in.getPos()).isEqualTo(8);
        }
        FileStatus status = files.getFileStatus(file);
        assertThat(status.getLen()).isEqualTo(10);
        assertThat(status.isDir()).isFalse();
        assertThat(names(files.listStatus(root(store)))).containsExactly("dir/");
        assertThat(names(files.listStatus(file.getParent()))).containsExactly("file%20=1");
        assertThat(files.listFiles(root(store), true))
                .extracting(FileStatus::getPath)
                .containsExactly(file);
        assertThat(files.getFileStatus(file.getParent()).isDir()).isTrue();

        files.delete(root(store), true);
        assertThat(files.exists(file)).isFalse();
        assertThatThrownBy(() -> files.getFileStatus(file)).isInstanceOf(FileNotFoundException.class);
        assertThat(files.listStatus(root(store))).isEmpty();
    }

    /** As Paimon reads a row group: each byte says where it is from. */
    @ParameterizedTest
    @EnumSource
    void manyThreadsReadAtOncePlacesOfOneFile(Store store) throws Exception {
        FileIO files = files(store);
        Path file = new Path(root(store), "large");
        byte[] bytes = new byte[4_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 1000);
        }
        try (PositionOutputStream out = files.newOutputStream(file, false)) {
            out.write(bytes);
        }

        try (SeekableInputStream in = files.newInputStream(file);
                ExecutorService readers = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                int position = i * 1999;
                wrong.add(readers.submit(() -> {
                    byte[] read = new byte[500];
                    ((VectoredReadable) in).preadFully(position, read, 0, read.length);
                    return Arrays.mismatch(read, Arrays.copyOfRange(bytes, position, position + read.length));
                }));
            }
            for (Future<Integer> mismatch : wrong) {
                assertThat(mismatch.get()).isEqualTo(-1);
            }
        }
    }

    private static String[] names(FileStatus[] found) {
        return Arrays.stream(found)
                .map(status -> status.getPath().getName() + (status.isDir() ? "/" : ""))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWritersOfOneFileOneWins(Store store) throws Exception {
        FileIO files = files(store);
        Path file = new Path(root(store), "snapshot-1");

        assertThat(files.tryToWriteAtomic(file, "one")).isTrue();
        assertThat(files.tryToWriteAtomic(file, "two")).isFalse();

        assertThat(files.readFileUtf8(file)).isEqualTo("one");
        assertThat(names(files.listStatus(root(store)))).containsExactly("snapshot-1");
    }

    @ParameterizedTest
    @EnumSource
    void aHintIsOverwritten(Store store) throws Exception {
        FileIO files = files(store);
        Path file = new Path(root(store), "LATEST");

        files.overwriteHintFile(file, "1");
        files.overwriteHintFile(file, "22");

        assertThat(files.readOverwrittenFileUtf8(file)).contains("22");
        assertThat(files.readOverwrittenFileUtf8(new Path(root(store), "EARLIEST")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsRenamedToWhereThereIsNone(Store store) throws Exception {
        FileIO files = files(store);
        Path from = new Path(root(store), "from");
        Path to = new Path(root(store), "to");
        write(files, from, "x");

        assertThat(files.rename(from, to)).isTrue();
        assertThat(files.rename(from, to)).isFalse();

        assertThat(files.exists(from)).isFalse();
        assertThat(files.readFileUtf8(to)).isEqualTo("x");
    }

    @Test
    void aSchemeThatNobodyHasIsRefusedByName() {
        TrinoFileSystemFactory none = new SwitchingFileSystemFactory(location -> {
            throw new IllegalArgumentException("No factory for location: " + location);
        });
        for (Map.Entry<String, String> refused : Map.of(
                        "xyz://a/t", "Trino has no file system for 'xyz'",
                        "oss://a/t", "set fs.s3.enabled=true",
                        "/tmp/t", "set fs.local.enabled=true")
                .entrySet()) {
            Path path = new Path(refused.getKey());
            FileIO files = new TrinoFiles(none, USER).load(path);
            assertThatThrownBy(() -> files.exists(path))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(refused.getValue());
        }
    }

    @Test
    void keysOfOssAreThoseOfTheS3FileSystem() {
        assertThat(StorageCredentials.with(
                                USER,
                                Map.of(
                                        "fs.oss.accessKeyId", "id",
                                        "fs.oss.accessKeySecret", "secret",
                                        "fs.oss.securityToken", "token"))
                        .getExtraCredentials())
                .isEqualTo(Map.of(
                        S3FileSystemConstants.EXTRA_CREDENTIALS_ACCESS_KEY_PROPERTY, "id",
                        S3FileSystemConstants.EXTRA_CREDENTIALS_SECRET_KEY_PROPERTY, "secret",
                        S3FileSystemConstants.EXTRA_CREDENTIALS_SESSION_TOKEN_PROPERTY, "token"));
        assertThat(Locations.of(new Path("oss://bucket/db.db/t")).toString()).isEqualTo("s3://bucket/db.db/t");
        assertThat(Optional.of(
                        Locations.below(new Path("oss://bucket/db"), Locations.of(new Path("oss://bucket/db/x")))))
                .contains(new Path("oss://bucket/db/x"));
    }

    @Test
    void eachSpellingOfAnS3KeyIsKnown() {
        for (Map<String, String> keys : java.util.List.of(
                Map.of("s3.access-key", "a", "s3.secret-key", "b"),
                Map.of("s3a.access.key", "a", "s3a.secret.key", "b"),
                Map.of("fs.s3a.access.key", "a", "fs.s3a.secret.key", "b"))) {
            assertThat(StorageCredentials.with(USER, keys).getExtraCredentials())
                    .containsEntry(S3FileSystemConstants.EXTRA_CREDENTIALS_ACCESS_KEY_PROPERTY, "a")
                    .containsEntry(S3FileSystemConstants.EXTRA_CREDENTIALS_SECRET_KEY_PROPERTY, "b");
        }
        assertThat(StorageCredentials.with(USER, Map.of("s3.endpoint", "x"))).isSameAs(USER);
    }

    @Test
    void theEndpointOfOssIsThatOfTheS3FileSystem() {
        assertThat(OssEndpoint.translate(Map.of("trestle.dlf.oss-endpoint", "oss-cn-hangzhou-internal.aliyuncs.com")))
                .containsEntry("fs.s3.enabled", "true")
                .containsEntry("s3.endpoint", "https://oss-cn-hangzhou-internal.aliyuncs.com")
                .containsEntry("s3.region", "oss-cn-hangzhou");
        Map<String, String> own = Map.of("trestle.fs.oss.endpoint", "http://one", "s3.endpoint", "http://other");
        assertThat(OssEndpoint.translate(own)).isEqualTo(own);
    }
}
