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

import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.storage.AtomicLocalFileIO;
import dev.trestle.catalog.storage.ReadOnlyFileIO;
import java.util.Optional;
import org.apache.paimon.catalog.CatalogLock;
import org.apache.paimon.catalog.CatalogLockContext;
import org.apache.paimon.catalog.CatalogLockFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;

/**
 * How tables are written where the service keeps no snapshots: not at all, or by Paimon's commit in the files, which makes the
 * next snapshot's file. Two writers must not both make it, so only stores will do where the second one fails.
 */
record FileCommits(boolean allowed) {

    /** The files of a table: all of them where writers may commit in them, else for reading alone. */
    FileIO open(Identifier table, Path path, FileIO files) {
        Optional<String> refusal = refusal(table, path);
        if (refusal.isPresent()) {
            return new ReadOnlyFileIO(files, refusal.get());
        }
        return isLocal(path) ? new AtomicLocalFileIO() : files;
    }

    /** Refuses commits when a writer is opened, before it has written anything; empty where there is nothing to refuse. */
    Optional<CatalogLockFactory> lock(Identifier table, Path path) {
        return refusal(table, path).map(Refusal::new);
    }

    private Optional<String> refusal(Identifier table, Path path) {
        String start = "Cannot write to table '" + table.getFullName() + "': the service's protocol has no commits";
        if (!allowed) {
            return Optional.of(
                    start + ". They can be made in the table's files: read what that means for concurrent writers,"
                            + " and set option '" + CatalogOptions.FILESYSTEM_COMMIT + "' to 'true'");
        }
        // In HDFS the name node gives a name once.
        if (isLocal(path) || path.toUri().getScheme().equals("hdfs")) {
            return Optional.empty();
        }
        return Optional.of(
                start + ", and in the store of its files, '" + path.toUri().getScheme()
                        + "', Paimon cannot make a snapshot so that a second writer fails. Tables at 'file' and 'hdfs' can be"
                        + " written");
    }

    private static boolean isLocal(Path path) {
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals("file");
    }

    /** A lock that nobody gets. */
    private record Refusal(String words) implements CatalogLockFactory {

        private static final long serialVersionUID = 1L;

        Refusal {
            requireNonNull(words, "words is null");
        }

        @Override
        public String identifier() {
            return "trestle-refusal";
        }

        @Override
        public CatalogLock createLock(CatalogLockContext context) {
            throw new UnsupportedByServiceException(words);
        }
    }
}
