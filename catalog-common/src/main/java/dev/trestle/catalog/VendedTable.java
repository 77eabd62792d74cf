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
package dev.trestle.catalog;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.storage.FileIOSource;
import dev.trestle.catalog.storage.LeasedFiles;
import java.io.IOException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.Path;

/** Finds a table's files over the client of whichever process it is opened in. */
record VendedTable(RestCatalogLoader loader, Identifier identifier, String path) implements FileIOSource {

    private static final long serialVersionUID = 1L;

    VendedTable {
        requireNonNull(loader, "loader is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(path, "path is null");
    }

    @Override
    public LeasedFiles acquire() throws IOException {
        return Capability.require(
                        loader.client().vendedFiles(),
                        "open table '" + identifier.getFullName() + "'",
                        "credentials for files")
                .acquire(identifier, new Path(path));
    }
}
