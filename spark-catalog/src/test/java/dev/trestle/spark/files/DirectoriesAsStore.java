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

import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.local.LocalFileIO;

/** Directories of this machine as an object store that Paimon knows, and Hadoop does not. */
public final class DirectoriesAsStore implements FileIOLoader {

    /** Begins as those of S3 do, so that it is one of an object store. */
    public static final String SCHEME = "s3test";

    private static final long serialVersionUID = 1L;

    /** Called by Paimon. */
    public DirectoriesAsStore() {}

    /** Where the store has a directory. */
    public static String uri(java.nio.file.Path directory) {
        return SCHEME + "://store" + directory.toAbsolutePath();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileIO load(Path path) {
        return new LocalFileIO();
    }
}
