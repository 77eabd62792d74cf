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

import dev.trestle.server.files.Warehouse;
import dev.trestle.server.store.Store;
import java.time.Clock;
import java.util.Optional;

/** The catalog's operations by resource, for the dialects to call. Thread-safe. */
public final class CatalogService implements AutoCloseable {

    private final FileCleaner cleaner;
    private final Databases databases;
    private final Tables tables;
    private final TableCreation tableCreation;
    private final Commits commits;
    private final Snapshots snapshots;
    private final Partitions partitions;
    private final DataTokens dataTokens;
    private final Views views;
    private final Functions functions;
    private final Tags tags;
    private final Branches branches;
    private final Rollbacks rollbacks;
    private final Consumers consumers;
    private final QueryAuth queryAuth;

    /**
     * A catalog over a store and a warehouse, which stay the caller's; finishes what a crash interrupted.
     *
     * @param dataTokens how credentials for files are vended; absent: they are not
     */
    public CatalogService(Store store, Warehouse warehouse, Optional<DataTokenSettings> dataTokens, Clock clock) {
        TableLocks locks = new TableLocks();
        TableLocator locator = new TableLocator(store, warehouse, locks);
        TableStatistics statistics = new TableStatistics();
        this.cleaner = new FileCleaner(store, warehouse, locks);
        this.databases = new Databases(store, warehouse, cleaner, clock);
        this.tables = new Tables(store, locator, new Schemas(store), cleaner, clock);
        this.tableCreation = new TableCreation(store, warehouse, cleaner, clock);
        this.commits = new Commits(locator);
        this.snapshots = new Snapshots(locator, statistics);
        this.partitions = new Partitions(store, locator, statistics, clock);
        this.views = new Views(store, clock);
        this.functions = new Functions(store, clock);
        this.tags = new Tags(locator);
        this.branches = new Branches(store, locator, cleaner, clock);
        this.rollbacks = new Rollbacks(locator);
        this.consumers = new Consumers(locator);
        this.queryAuth = new QueryAuth(store);
        this.dataTokens = new DataTokens(store, locator, dataTokens, clock);
        cleaner.sweep();
    }

    /** Databases. */
    public Databases databases() {
        return databases;
    }

    /** Tables that exist. */
    public Tables tables() {
        return tables;
    }

    /** Tables to be made. */
    public TableCreation tableCreation() {
        return tableCreation;
    }

    /** Snapshots to be added. */
    public Commits commits() {
        return commits;
    }

    /** Snapshots that exist. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** Partitions. */
    public Partitions partitions() {
        return partitions;
    }

    /** Views. */
    public Views views() {
        return views;
    }

    /** Functions. */
    public Functions functions() {
        return functions;
    }

    /** Tags. */
    public Tags tags() {
        return tags;
    }

    /** Branches. */
    public Branches branches() {
        return branches;
    }

    /** Rollbacks of data and of schemas. */
    public Rollbacks rollbacks() {
        return rollbacks;
    }

    /** Consumers. */
    public Consumers consumers() {
        return consumers;
    }

    /** What users may read of tables. */
    public QueryAuth queryAuth() {
        return queryAuth;
    }

    /** Credentials for tables' files. */
    public DataTokens dataTokens() {
        return dataTokens;
    }

    @Override
    public void close() {
        cleaner.close();
    }
}
