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

import dev.trestle.catalog.api.DataTokenApi.DataToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.paimon.fs.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file system of one table under the credential that is good now. It is renewed at half of its life, an hour before its
 * end at the latest, by one thread at a time; the others go on with the present one, or wait where it has ended. While a
 * renewal fails, one that is still good is used.
 */
final class TableFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TableFiles.class);

    /** A file is written with the credential it was begun with, so much of its life is to be left then. */
    private static final Duration LONGEST_MARGIN = Duration.ofHours(1);

    private static final int SHARE_OF_LIFE = 2;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final String table;
    private final Supplier<DataToken> tokens;
    private final Opener opener;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock();

    private volatile Held held;
    private volatile Failure lastFailure;

    /** Opens a file system with a token. */
    @FunctionalInterface
    interface Opener {
        FileIO open(DataToken token) throws IOException;
    }

    /**
     * @param askAgainAtMillis when the next token is asked for; before that the service may have none yet, or has just failed
     */
    private record Held(DataToken token, LeasedFiles files, long askAgainAtMillis) {

        Held askAgainAt(long millis) {
            return new Held(token, files, millis);
        }
    }

    /** @param number of the attempt that failed */
    private record Failure(long number, RuntimeException cause) {}

    private long attempts;

    TableFiles(String table, Supplier<DataToken> tokens, Opener opener, Clock clock) {
        this.table = requireNonNull(table, "table is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    LeasedFiles acquire() throws IOException {
        while (true) {
            LeasedFiles files = current().files();
            if (files.hold()) {
                return files;
            }
        }
    }

    /** The token that is good now, renewed where it is time to. */
    DataToken token() throws IOException {
        return current().token();
    }

    /** Begins with a token that was vended elsewhere, where none is good here. */
    void adopt(DataToken token) throws IOException {
        if (isGood(held) || token.expiresAtMillis() <= clock.millis()) {
            return;
        }
        lock();
        try {
            if (!isGood(held)) {
                hold(token);
            }
        } finally {
            renewing.unlock();
        }
    }

    private Held current() throws IOException {
        Held now = held;
        if (isFresh(now)) {
            return now;
        }
        if (isGood(now)) {
            if (!renewing.tryLock()) {
                return now;
            }
            try {
                return isFresh(held) ? held : renew();
            } finally {
                renewing.unlock();
            }
        }
        Failure before = lastFailure;
        lock();
        try {
            if (isGood(held)) {
                return held;
            }
            Failure failure = lastFailure;
            if (failure != null && (before == null || failure.number() != before.number())) {
                // It failed while this thread waited for it.
                throw unavailable(failure.cause());
            }
            return renew();
        } finally {
            renewing.unlock();
        }
    }

    private boolean isFresh(Held now) {
        return isGood(now) && clock.millis() < now.askAgainAtMillis();
    }

    private static boolean isGood(Held now) {
        return now != null && now.files().isGood();
    }

    private void lock() throws InterruptedIOException {
        try {
            renewing.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the credentials of table '" + table + "'");
        }
    }

    private Held renew() throws IOException {
        Held now = held;
        DataToken token;
        attempts++;
        try {
            token = tokens.get();
        } catch (RuntimeException e) { // Of the service, or because there is no credential to ask it with.
            if (isGood(now)) {
                LOG.warn("The credentials for table '{}' cannot be renewed yet: {}", table, e.getMessage());
                held = now.askAgainAt(clock.millis() + PAUSE_AFTER_FAILURE.toMillis());
                return held;
            }
            if (!Thread.currentThread().isInterrupted()) {
                lastFailure = new Failure(attempts, e);
            }
            throw unavailable(e);
        }
        long millis = clock.millis();
        if (token.expiresAtMillis() <= millis) {
            throw new TableCredentialsException(
                    "The service vends credentials for the files of table '" + table
                            + "' that have ended already: do its clock and this machine's differ?",
                    null);
        }
        if (isGood(now) && now.token().equals(token)) {
            held = now.askAgainAt(renewAt(token, millis));
            return held;
        }
        return hold(token);
    }

    private Held hold(DataToken token) throws IOException {
        Held before = held;
        long renewAt = renewAt(token, clock.millis());
        LeasedFiles files = new LeasedFiles(table, opener.open(token), renewAt, token.expiresAtMillis(), clock);
        Held now = new Held(token, files, renewAt);
        held = now;
        LOG.debug("New credentials for table '{}', good until {}", table, files.end());
        if (before != null) {
            before.files().retire();
        }
        return now;
    }

    private static long renewAt(DataToken token, long now) {
        long life = token.expiresAtMillis() - now;
        long margin = Math.min(LONGEST_MARGIN.toMillis(), life / SHARE_OF_LIFE);
        return Math.max(token.expiresAtMillis() - margin, now + SHORTEST_PAUSE.toMillis());
    }

    private TableCredentialsException unavailable(RuntimeException cause) {
        Held now = held;
        String before = now == null
                ? ""
                : " The ones before were good until " + now.files().end() + ".";
        return new TableCredentialsException(
                "No credentials can be had for the files of table '" + table + "': " + cause.getMessage() + before,
                cause);
    }

    /** Closes the file system once it is no longer used. */
    void retire() {
        Held now = held;
        held = null;
        if (now != null) {
            now.files().retire();
        }
    }
}
