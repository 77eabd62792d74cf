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

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trestle.catalog.api.DataTokenApi;
import dev.trestle.catalog.api.DataTokenApi.DataToken;
import dev.trestle.catalog.api.ServiceException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file systems of tables whose credentials the service vends, one a table. A credential is renewed before it ends, one
 * flight at a time; while a renewal fails, one that is still good is used. Safe for use by many threads.
 */
public final class VendedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(VendedFiles.class);

    private static final Duration LONGEST_MARGIN = Duration.ofHours(1);
    private static final int SHARE_OF_LIFE = 5;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int MOST_TABLES = 1_000;
    private static final Duration KEPT_UNUSED = Duration.ofHours(10);

    private final DataTokenApi tokens;
    private final CatalogContext context;
    private final Clock clock;
    private final Cache<Identifier, TableFiles> tables;

    /** @param context the catalog's options, under which a token's lie */
    public VendedFiles(DataTokenApi tokens, CatalogContext context, Clock clock) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.context = requireNonNull(context, "context is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.tables = Caffeine.newBuilder()
                .maximumSize(MOST_TABLES)
                .expireAfterAccess(KEPT_UNUSED)
                .executor(Runnable::run)
                .build();
    }

    /**
     * The file system for a table's files now.
     *
     * @param path the table's own
     * @throws ServiceException if no credential can be had, and none is still good
     */
    public FileIO current(Identifier identifier, Path path) throws IOException {
        return tables.get(identifier, TableFiles::new).current(path);
    }

    /** A file system and how long it may be used, in epoch milliseconds. */
    private record Opened(FileIO fileIO, long renewAtMillis, long expiresAtMillis) {}

    private final class TableFiles {

        private final Identifier identifier;
        private final ReentrantLock renewing = new ReentrantLock();
        private volatile Opened opened;
        private FileIO before;

        TableFiles(Identifier identifier) {
            this.identifier = identifier;
        }

        FileIO current(Path path) throws IOException {
            Opened now = opened;
            if (now != null && clock.millis() < now.renewAtMillis()) {
                return now.fileIO();
            }
            boolean good = now != null && clock.millis() < now.expiresAtMillis();
            if (good && !renewing.tryLock()) {
                return now.fileIO();
            }
            if (!good) {
                renewing.lock();
            }
            try {
                return Objects.equals(opened, now) ? renew(path, now) : opened.fileIO();
            } finally {
                renewing.unlock();
            }
        }

        private FileIO renew(Path path, Opened now) throws IOException {
            DataToken token;
            try {
                token = tokens.vend(identifier);
            } catch (ServiceException e) {
                if (now == null || clock.millis() >= now.expiresAtMillis()) {
                    throw e;
                }
                LOG.warn(
                        "The credential for table '{}' cannot be renewed yet: {}",
                        identifier.getFullName(),
                        e.getMessage());
                opened = new Opened(
                        now.fileIO(), clock.millis() + PAUSE_AFTER_FAILURE.toMillis(), now.expiresAtMillis());
                return now.fileIO();
            }
            FileIO fileIO = FileIO.get(path, with(token));
            closeBefore();
            before = now == null ? null : now.fileIO();
            opened = new Opened(fileIO, renewAt(token), token.expiresAtMillis());
            return fileIO;
        }

        /** Streams may still read with the last one; those of the one before it could not read on anyway. */
        private void closeBefore() {
            if (before != null) {
                try {
                    before.close();
                } catch (IOException e) {
                    LOG.debug("A file system of table '{}' did not close", identifier.getFullName(), e);
                }
            }
        }

        private long renewAt(DataToken token) {
            long life = Math.max(0, token.expiresAtMillis() - clock.millis());
            return token.expiresAtMillis() - Math.min(LONGEST_MARGIN.toMillis(), life / SHARE_OF_LIFE);
        }
    }

    private CatalogContext with(DataToken token) {
        Map<String, String> options = new HashMap<>(context.options().toMap());
        options.putAll(token.options());
        String endpoint = options.get("dlf.oss-endpoint");
        if (endpoint != null && !endpoint.isBlank()) {
            options.put("fs.oss.endpoint", endpoint);
        }
        options.put("file-io.allow-cache", "false");
        options.put("resolving-file-io.enabled", "false");
        return CatalogContext.create(
                Options.fromMap(options), context.hadoopConf(), context.preferIO(), context.fallbackIO());
    }
}
