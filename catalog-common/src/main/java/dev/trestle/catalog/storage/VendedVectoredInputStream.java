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

import java.io.IOException;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.fs.VectoredReadable;

/** Such a stream over a file that is read at many places at once. */
final class VendedVectoredInputStream extends VendedInputStream implements VectoredReadable {

    VendedVectoredInputStream(FileIOSource source, Path path, LeasedFiles files, SeekableInputStream in) {
        super(source, path, files, in);
    }

    @Override
    public int pread(long position, byte[] buffer, int offset, int length) throws IOException {
        return readAt(position, buffer, offset, length);
    }
}
