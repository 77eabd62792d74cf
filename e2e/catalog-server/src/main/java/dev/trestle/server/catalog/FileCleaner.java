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
package dev.trestle.server.catalog;

import dev.trestle.server.files.TableFiles;
import dev.trestle.server.files.Warehouse;
import dev.trestle.server.store.FileIntent;
import dev.trestle.server.store.FileIntents;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.TableRow;
import dev.trestle.server.store.TableRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes directories after their rows are gone, in the background. What a crash or a failure leaves is on the list of
 * intents, and undone or finished at the next start.
 */
final class FileCleaner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileCleaner.class);

    private final Store store;
    private final Warehouse warehouse;
    private final TableLocks locks;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "catalog-file-cleaner");
        thread.setDaemon(true);
        return thread;
    });

    FileCleaner(Store store, Warehouse warehouse, TableLocks locks) {
        this.store = store;
        this.warehouse = warehouse;
        this.locks = locks;
    }

    /** Carries out what an earlier server left. Called before the first request. */
    void sweep() {
        List<FileIntent> left = store.read(FileIntents::all);
        if (!left.isEmpty()) {
            LOG.info("Finishing {} file operations that were interrupted", left.size());
        }
        left.forEach(this::carryOut);
    }

    /** Carries out intents that are recorded, soon. */
    void schedule(List<FileIntent> intents) {
        if (!intents.isEmpty()) {
            executor.execute(() -> intents.forEach(this::carryOut));
        }
    }

    /** Carries out an intent now; a failure is logged, and tried again at the next start. */
    void carryOut(FileIntent intent) {
        try {
            // A commit that found the table just before it was dropped still writes: let it finish.
            locks.locked(intent.tableId().orElse(intent.path()), () -> {
                Optional<TableRow> table =
                        intent.tableId().flatMap(id -> store.read(handle -> TableRows.findById(handle, id)));
                switch (intent.kind()) {
                    case FORWARD_BRANCH -> table.ifPresent(row -> forward(row, intent));
                    case CREATE -> {
                        if (table.isEmpty()) {
                            remove(intent);
                        }
                    }
                    case DELETE, DELETE_IF_EMPTY, CREATE_BRANCH -> remove(intent);
                }
                return null;
            });
            store.run(handle -> FileIntents.remove(handle, intent.id()));
        } catch (RuntimeException e) {
            LOG.warn("{} was not finished, and will be at the next start", intent.path(), e);
        }
    }

    private void forward(TableRow table, FileIntent intent) {
        TableFiles files = warehouse.table(table.path(), Identifier.DEFAULT_MAIN_BRANCH);
        String branch = files.branchAt(new Path(intent.path()));
        if (files.branches().branchExists(branch)) {
            files.branches().fastForward(branch);
        }
    }

    private void remove(FileIntent intent) {
        Path path = new Path(intent.path());
        FileIO fileIO = warehouse.fileIO(path);
        try {
            if (!fileIO.exists(path)) {
                return;
            }
            boolean recursive = intent.kind() != FileIntent.Kind.DELETE_IF_EMPTY;
            if (!recursive && fileIO.listStatus(path).length > 0) {
                return;
            }
            if (!fileIO.delete(path, recursive) && fileIO.exists(path)) {
                throw new IOException("It is still there after deletion");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.info("Files of dropped tables are left, and will be removed at the next start");
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
