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

import static java.util.Objects.requireNonNull;

import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.security.ConnectorIdentity;
import java.util.Objects;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;

/**
 * Trino's file systems, as they are configured for the catalog, given to Paimon as its means to reach files. Equal where
 * the files are reached in the name of the same identity. Lives in this process only.
 */
public final class TrinoFiles implements FileIOLoader {

    private static final long serialVersionUID = 1L;

    private final transient TrinoFileSystemFactory fileSystems;
    private final transient ConnectorIdentity identity;

    /** @param identity in whose name files are reached */
    public TrinoFiles(TrinoFileSystemFactory fileSystems, ConnectorIdentity identity) {
        this.fileSystems = requireNonNull(fileSystems, "fileSystems is null");
        this.identity = requireNonNull(identity, "identity is null");
    }

    /** Never asked: paths of every scheme come here. */
    @Override
    public String getScheme() {
        return "trino";
    }

    @Override
    public FileIO load(Path path) {
        return new TrinoFileIO(fileSystems, identity, Locations.isObjectStore(path));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrinoFiles files
                && fileSystems == files.fileSystems
                && identity.equals(files.identity)
                && identity.getExtraCredentials().equals(files.identity.getExtraCredentials());
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(fileSystems), identity);
    }
}
