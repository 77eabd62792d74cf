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
package dev.trestle.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database under the catalog. One server at a time uses it: opening a store that another server has open fails.
 *
 * <p>Reads run side by side. Changes run one after another, each in a transaction of its own that is on disk when the
 * call returns; so a change may check and then write without another slipping in between. Thread-safe.
 */
public final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final StoreConnections connections;
    private final Jdbi reads;
    private final Jdbi writes;

    private Store(StoreConnections connections) {
        this.connections = connections;
        this.reads = Jdbi.create(connections.reads());
        this.writes = Jdbi.create(connections.writes());
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @throws StoreException if it cannot be reached, is in use by another server, or was made by a newer release
     */
    public static Store open(StoreSettings settings) {
        StoreConnections connections = StoreConnections.open(settings);
        try {
            // Flyway wants more than one connection for PostgreSQL, and there is one writer only.
            migrate(connections.reads(), connections.placeholders());
            return new Store(connections);
        } catch (RuntimeException e) {
            connections.close();
            throw new StoreException(
                    "The catalog's database " + settings.displayUrl() + " cannot be used: "
                            + Optional.ofNullable(e.getMessage()).orElseGet(e::toString),
                    e);
        }
    }

    private static void migrate(HikariDataSource dataSource, Map<String, String> placeholders) {
        int applied = Flyway.configure(Store.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:dev/trestle/server/store")
                .placeholders(placeholders)
                .load()
                .migrate()
                .migrationsExecuted;
        if (applied > 0) {
            LOG.info("Brought the catalog's database up to date: {} migrations", applied);
        }
    }

    /** Runs queries. */
    public <T> T read(HandleCallback<T, RuntimeException> query) {
        return reads.withHandle(query);
    }

    /** Runs a change in one transaction: all of it is durable on return, or nothing if it throws. */
    public <T> T write(HandleCallback<T, RuntimeException> change) {
        return writes.inTransaction(change);
    }

    /** As {@link #write}, for a change without a result. */
    public void run(HandleConsumer<RuntimeException> change) {
        writes.useTransaction(change);
    }

    /** Whether the database answers: for the health check. */
    public boolean isReachable() {
        try {
            return read((Handle handle) ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException e) {
            LOG.warn("The catalog's database does not answer", e);
            return false;
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
