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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.fs.PositionOutputStreamWrapper;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.SeekableInputStreamWrapper;
import org.apache.paimon.fs.local.LocalFileIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendedFileIOTest {

    private static final Set<ClassLoader> LOADERS = new LinkedHashSet<>();

    @TempDir
    private java.nio.file.Path directory;

    /** Notes by which class loader it would load. */
    private static final class LoadingFileIO extends LocalFileIO {

        private static final long serialVersionUID = 1L;

        static void load() {
            LOADERS.add(Thread.currentThread().getContextClassLoader());
        }

        @Override
        public boolean exists(Path path) throws IOException {
            load();
            return super.exists(path);
        }

        @Override
        public PositionOutputStream newOutputStream(Path path, boolean overwrite) throws IOException {
            load();
            return new PositionOutputStreamWrapper(super.newOutputStream(path, overwrite)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    load();
                    super.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    load();
                    super.close();
                }
            };
        }

        @Override
        public SeekableInputStream newInputStream(Path path) throws IOException {
            load();
            return new SeekableInputStreamWrapper(super.newInputStream(path)) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    load();
                    return super.read(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    load();
                    super.close();
                }
            };
        }
    }

    @Test
    void aThreadThatHasTheClassLoaderOfAnEndedJobLoadsByTheFileSystemsOwn() throws IOException {
        ClassLoader ended = new ClassLoader(null) {};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ended);
        LOADERS.clear();
        try {
            writeAndRead();

            assertThat(LOADERS).containsExactly(LoadingFileIO.class.getClassLoader());
            assertThat(thread.getContextClassLoader()).isSameAs(ended);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void writeAndRead() throws IOException {
        LeasedFiles leased =
                new LeasedFiles("d.t", new LoadingFileIO(), Long.MAX_VALUE, Long.MAX_VALUE, Clock.systemUTC());
        VendedFileIO files = new VendedFileIO(() -> {
            leased.hold();
            return leased;
        });
        Path file = new Path(directory.resolve("f").toUri());
        byte[] bytes = "rows".getBytes(StandardCharsets.UTF_8);
        try (PositionOutputStream out = files.newOutputStream(file, false)) {
            out.write(bytes);
        }
        assertThat(files.exists(file)).isTrue();
        try (SeekableInputStream in = files.newInputStream(file)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }
}
