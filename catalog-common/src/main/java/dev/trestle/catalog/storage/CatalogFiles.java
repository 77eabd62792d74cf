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

import static java.util.Objects.requireNonNull;

import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;

/**
 * Opens the file systems in which tables lie, with the catalog's own options. A file system is opened when a file in it is
 * first touched, so a table can be looked at by someone who may not read its files. Safe for use by many threads.
 */
public final class CatalogFiles {

    private final CatalogContext context;
    private final FileIO byScheme;

    /** @param context the catalog's options, and what the engine gave for reaching files */
    public CatalogFiles(CatalogContext context) {
        this.context = requireNonNull(context, "context is null");
        this.byScheme = new CatalogFileIO(SentContext.of(context));
    }

    /** The files at and below a path: by the engine's own means where it gave some, whatever the path's scheme. */
    public FileIO open(Path path) {
        requireNonNull(path, "path is null");
        return context.preferIO() == null ? byScheme : engines(context, path);
    }

    /** Paimon itself would open a path without a scheme past the engine, and touch each file to see whether it can. */
    static FileIO engines(CatalogContext context, Path path) {
        FileIOLoader engine = context.preferIO();
        FileIO files = engine.load(path);
        files.configure(context);
        return files;
    }
}
