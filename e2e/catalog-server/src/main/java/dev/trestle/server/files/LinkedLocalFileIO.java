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
package dev.trestle.server.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.local.LocalFileIO;

/**
 * Local files, of which one process alone makes one: by a hard link, where Paimon's own would rename over a file that another
 * process has made meanwhile. In the StarRocks dialect clients make snapshots beside this server.
 */
final class LinkedLocalFileIO extends LocalFileIO {

    @Override
    public boolean tryToWriteAtomic(Path path, String content) throws IOException {
        Path written = path.createTempPath();
        try {
            writeFile(written, content, false);
            Files.createLink(toFile(path).toPath(), toFile(written).toPath());
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            deleteQuietly(written);
        }
        return true;
    }
}
