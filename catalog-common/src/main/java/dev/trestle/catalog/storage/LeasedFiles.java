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

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.paimon.fs.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file system of one vended credential. It is closed when the credential was replaced and nothing uses it any more: each
 * operation and each open stream holds it. Safe for use by many threads.
 */
public final class LeasedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedFiles.class);

    /** A credential that was just vended is not asked for again when it is refused: the next one would be no better. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    /** S3's error codes, which Hadoop's file system puts into its messages. */
    private static final Pattern REFUSED_TOKEN =
            Pattern.compile("\\b(?:ExpiredToken|InvalidToken|TokenRefreshRequired)\\b");

    private final String table;
    private final FileIO fileIO;
    private final long renewAtMillis;
    private final long expiresAtMillis;
    private final Clock clock;
    private final long openedAtMillis;

    private int users;
    private boolean retired;
    private volatile boolean refused;

    /**
     * @param table for messages
     * @param renewAtMillis when a newer credential is to be used, in epoch milliseconds
     */
    LeasedFiles(String table, FileIO fileIO, long renewAtMillis, long expiresAtMillis, Clock clock) {
        this.table = requireNonNull(table, "table is null");
        this.fileIO = requireNonNull(fileIO, "fileIO is null");
        this.renewAtMillis = renewAtMillis;
        this.expiresAtMillis = expiresAtMillis;
        this.clock = requireNonNull(clock, "clock is null");
        this.openedAtMillis = clock.millis();
    }

    /** The file system, until this is released. */
    FileIO fileIO() {
        return fileIO;
    }

    /** Whether to look for a newer credential before going on. */
    boolean isStale() {
        return refused || clock.millis() >= renewAtMillis;
    }

    boolean isGood() {
        return !refused && clock.millis() < expiresAtMillis;
    }

    /** When the credential ends, for messages. */
    String end() {
        return expiresAtMillis == Long.MAX_VALUE
                ? "without end"
                : Instant.ofEpochMilli(expiresAtMillis).toString();
    }

    /** Whether this could be held: not once it was retired and closed. */
    synchronized boolean hold() {
        if (retired && users == 0) {
            return false;
        }
        users++;
        return true;
    }

    /** Gives back what was acquired. */
    void release() {
        boolean last;
        synchronized (this) {
            users--;
            last = retired && users == 0;
        }
        if (last) {
            close();
        }
    }

    /** Another credential is used from now on. */
    void retire() {
        boolean unused;
        synchronized (this) {
            unused = !retired && users == 0;
            retired = true;
        }
        if (unused) {
            close();
        }
    }

    private void close() {
        try {
            fileIO.close();
            S3Plugin.release(fileIO);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A file system of table '{}' did not close", table, e);
        }
    }

    /** S3 answers 403 to a wrong key, and 400 to a token that has ended, which Hadoop takes for a bad request. */
    private static boolean isRefusal(IOException failure) {
        return failure instanceof AccessDeniedException
                || (failure.getMessage() != null
                        && REFUSED_TOKEN.matcher(failure.getMessage()).find());
    }

    /** Whether an operation failed because the credential ended while it was under way, so that another may do. */
    boolean endedDuring(IOException failure) {
        return isRefusal(failure) && clock.millis() >= expiresAtMillis;
    }

    /** What went wrong, in words about the table where the store refused the credential. */
    IOException explained(IOException failure) {
        if (!isRefusal(failure)) {
            return failure;
        }
        if (clock.millis() - openedAtMillis >= YOUNG.toMillis()) {
            refused = true;
        }
        return new TableCredentialsException(
                "The store refuses the credentials that the service vended for the files of table '" + table
                        + "', good until " + end() + ": " + failure.getMessage(),
                failure);
    }
}
