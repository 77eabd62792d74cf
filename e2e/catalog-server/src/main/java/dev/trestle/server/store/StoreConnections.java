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

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The connection pools of a store, and the lock that keeps a second server out. */
final class StoreConnections implements AutoCloseable {

    private static final int READERS = 4;

    private final StoreLock lock;
    private final HikariDataSource reads;
    private final HikariDataSource writes;
    private final Map<String, String> placeholders;

    private StoreConnections(
            StoreLock lock, HikariDataSource reads, HikariDataSource writes, Map<String, String> placeholders) {
        this.lock = lock;
        this.reads = reads;
        this.writes = writes;
        this.placeholders = placeholders;
    }

    static StoreConnections open(StoreSettings settings) {
        return settings.isSqlite() ? openSqlite(settings) : openPostgresql(settings);
    }

    private static StoreConnections openSqlite(StoreSettings settings) {
        Path file = settings.sqliteFile().toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new StoreException("The directory " + file.getParent() + " cannot be made: " + e.getMessage(), e);
        }
        StoreLock lock = StoreLock.ofFile(file.resolveSibling(file.getFileName() + ".lock"));
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // With anything less than FULL, a transaction in the write-ahead log may be lost with the power.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(30_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(settings.url());

        HikariConfig writer = pool("writer", 1);
        writer.setDataSource(source);
        HikariConfig readers = pool("readers", READERS);
        readers.setDataSource(source);
        return open(lock, readers, writer, Map.of("collation", ""));
    }

    private static StoreConnections openPostgresql(StoreSettings settings) {
        StoreLock lock = StoreLock.ofPostgresql(settings);
        HikariConfig writer = pool("writer", 1);
        HikariConfig readers = pool("readers", READERS);
        for (HikariConfig config : new HikariConfig[] {writer, readers}) {
            config.setJdbcUrl(settings.url());
            settings.user().ifPresent(config::setUsername);
            settings.password().ifPresent(config::setPassword);
        }
        return open(lock, readers, writer, Map.of("collation", "COLLATE \"C\""));
    }

    private static StoreConnections open(
            StoreLock lock, HikariConfig readers, HikariConfig writer, Map<String, String> placeholders) {
        HikariDataSource writes = null;
        try {
            writes = new HikariDataSource(writer);
            return new StoreConnections(lock, new HikariDataSource(readers), writes, placeholders);
        } catch (RuntimeException e) {
            if (writes != null) {
                writes.close();
            }
            lock.close();
            throw new StoreException("The catalog's database cannot be opened: " + e.getMessage(), e);
        }
    }

    private static HikariConfig pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog-" + name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(30_000);
        return config;
    }

    HikariDataSource reads() {
        return reads;
    }

    HikariDataSource writes() {
        return writes;
    }

    /** What differs between the databases in the migrations. */
    Map<String, String> placeholders() {
        return placeholders;
    }

    @Override
    public void close() {
        reads.close();
        writes.close();
        lock.close();
    }
}
