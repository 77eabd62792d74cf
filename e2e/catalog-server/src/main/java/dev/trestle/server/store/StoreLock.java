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

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a store for one server. Both kinds of lock end with the process that holds them, however it ends. */
final class StoreLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLock.class);

    /** Any number that other users of the same PostgreSQL database do not lock. */
    private static final long ADVISORY_LOCK = 0x7472_6573_746c_6531L;

    private final AutoCloseable held;

    private StoreLock(AutoCloseable held) {
        this.held = held;
    }

    static StoreLock ofFile(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw inUse(file.toString());
            }
            return new StoreLock(channel);
        } catch (IOException e) {
            throw new StoreException("The lock file " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    static StoreLock ofPostgresql(StoreSettings settings) {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        try {
            Connection connection = DriverManager.getConnection(settings.url(), properties);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
                result.next();
                if (!result.getBoolean(1)) {
                    connection.close();
                    throw inUse(settings.displayUrl());
                }
            }
            return new StoreLock(() -> release(connection));
        } catch (SQLException e) {
            throw new StoreException(
                    "PostgreSQL cannot be reached at " + settings.displayUrl() + ": " + e.getMessage(), e);
        }
    }

    /** PostgreSQL ends a session some time after its connection, and the next server may come before that. */
    private static void release(Connection connection) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + ADVISORY_LOCK + ")");
        }
    }

    private static StoreException inUse(String what) {
        return new StoreException("Another catalog server is using this store (" + what
                + "): stop it first, or give this one another warehouse or database.");
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (Exception e) {
            LOG.warn("The lock of the catalog's store was not released in order", e);
        }
    }
}
