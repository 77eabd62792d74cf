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

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.local.LocalFileIO;

/**
 * Local files, of which one is made by one process alone. Paimon's own looks whether a file is there and renames another one
 * to it, under a lock of the process: two processes may then both make a snapshot, and the later replaces the earlier. Here
 * the file gets its name as a hard link, which the operating system gives once.
 */
public final class AtomicLocalFileIO extends LocalFileIO {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean tryToWriteAtomic(Path path, String content) throws IOException {
        Path temporary = path.createTempPath();
        File named = toFile(path);
        try {
            writeFile(temporary, content, false);
            Files.createLink(named.toPath(), toFile(temporary).toPath());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    "The file system of " + named + " has no hard links, without which a snapshot cannot be"
                            + " made by one process alone",
                    e);
        } finally {
            deleteQuietly(temporary);
        }
    }
}
