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
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;

/**
 * The directory that holds managed tables, and access to it and to any other place where a table lies.
 *
 * <p>A table's path is made of ids, never of names: renaming moves no file, and every name is possible on every store.
 */
public final class Warehouse {

    private final Path root;
    private final FileIO local = new LinkedLocalFileIO();
    private final Map<String, String> storageOptions;
    private final Map<String, FileIO> byStore = new ConcurrentHashMap<>();

    /**
     * A warehouse at a directory or URI, made if it does not exist.
     *
     * @param storageOptions Paimon's options for the store, such as {@code s3.endpoint}
     */
    public Warehouse(String location, Map<String, String> storageOptions) {
        this.storageOptions = Map.copyOf(storageOptions);
        this.root = isLocal(new Path(location))
                ? new Path("file:"
                        + java.nio.file.Path.of(new Path(location).toUri().getPath())
                                .toAbsolutePath()
                                .normalize())
                : new Path(location);
        try {
            fileIO(root).checkOrMkdirs(root);
        } catch (IOException e) {
            throw new UncheckedIOException("The warehouse " + root + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** The warehouse's own directory. */
    public Path root() {
        return root;
    }

    /** Whether tables are files of this machine. */
    public boolean isLocal() {
        return isLocal(root);
    }

    /** Where the managed tables of a new database go. */
    public Path databaseLocation(String databaseId) {
        return new Path(root, "db-" + databaseId);
    }

    /** Where a new managed table goes. */
    public Path tablePath(String databaseLocation, String tableId) {
        return new Path(databaseLocation, "tbl-" + tableId);
    }

    /** An id that was never used before. */
    public String newId() {
        return UUID.randomUUID().toString();
    }

    /** The files of a table's branch. */
    public TableFiles table(String path, String branch) {
        Path tablePath = new Path(path);
        return new TableFiles(fileIO(tablePath), tablePath, branch);
    }

    /** Access to a path, wherever it is. */
    public FileIO fileIO(Path path) {
        if (isLocal(path)) {
            return local;
        }
        return byStore.computeIfAbsent(
                path.toUri().getScheme() + "://" + path.toUri().getAuthority(), store -> {
                    try {
                        S3Plugin.makeReady();
                        return FileIO.get(path, CatalogContext.create(Options.fromMap(storageOptions)));
                    } catch (IOException e) {
                        throw new UncheckedIOException("No access to " + path + ": " + e.getMessage(), e);
                    }
                });
    }

    private static boolean isLocal(Path path) {
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals("file");
    }
}
