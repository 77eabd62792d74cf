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
package dev.trestle.trino.write;

import static dev.trestle.trino.TrestleErrorCode.OUTCOME_UNKNOWN;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;

import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.http.TransportException;
import dev.trestle.catalog.procedure.CommitParts;
import dev.trestle.catalog.table.BucketIndexes;
import dev.trestle.catalog.table.CommitConflictException;
import dev.trestle.catalog.table.CommitOutcome;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.TableCommitImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what a statement wrote visible, in one commit.
 *
 * <p>From its first proposal on, files are deleted in one case alone: Paimon has found a conflict, and the catalog says that it
 * has no snapshot of this statement. What failed after the commit, such as the expiry of old snapshots or a compaction beside
 * it, is logged.
 */
final class TableCommits {

    private static final Logger LOG = LoggerFactory.getLogger(TableCommits.class);
    private static final SpillDirectories SPILL = new SpillDirectories();

    private TableCommits() {}

    /** What is done with the open commit. */
    @FunctionalInterface
    interface Proposal {
        void propose(TableCommitImpl commit) throws Exception;
    }

    static void commit(WriteJob job, InsertMode mode, List<CommitMessage> messages) {
        commit(job, messages, commit -> {
            if (mode.overwrites()) {
                commit.withOverwrite(Map.of());
            }
            commit.commit(messages);
        });
    }

    /**
     * Proposes a commit.
     *
     * @param messages of the files that go with it, for the case that it is refused
     * @throws TrinoException saying whether the commit is not made, or its outcome is unknown
     */
    static void commit(WriteJob job, List<CommitMessage> messages, Proposal proposal) {
        Exception failure;
        try (BucketIndexes.Scope watched = job.watch(messages);
                TableCommitImpl commit = job.table().newCommit(job.commitUser())) {
            proposal.propose(commit);
            return;
        } catch (Exception e) {
            failure = e;
        }
        switch (CommitOutcome.of(job.table(), job.commitUser(), messages, failure)) {
            case MADE -> warn(job, failure);
            case ROWS -> mergeAgain(job, messages, failure);
            case REFUSED -> throw conflict(job, messages, failure);
            case NOT_SEEN -> throw error(job, failure);
            // The rows are committed before a compaction, which may be what has failed.
            case NOT_KNOWN ->
                throw CommitConflictException.isCauseOf(failure) || isUnreachable(failure)
                        ? unknown(job, failure, failure)
                        : error(job, failure);
        }
    }

    private static void mergeAgain(WriteJob job, List<CommitMessage> messages, Exception conflict) {
        try (IOManager spilled = SPILL.open()) {
            CommitParts.of(messages).mergeAgain(job.table(), spilled);
        } catch (Exception e) {
            conflict.addSuppressed(e);
            warn(job, conflict);
        }
    }

    private static void warn(WriteJob job, Exception failure) {
        LOG.warn(
                "The commit to table {} is made; what follows it failed",
                job.table().fullName(),
                failure);
    }

    private static TrinoException conflict(WriteJob job, List<CommitMessage> messages, Exception failure) {
        Aborts.delete(job, messages);
        return new TrinoException(
                TRANSACTION_CONFLICT,
                "The statement is not applied: another one has changed what it changes in table "
                        + job.table().fullName() + ". Run it again. " + firstLine(failure),
                failure);
    }

    private static boolean isUnreachable(Exception failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ServiceUnavailableException || cause instanceof TransportException);
    }

    private static TrinoException error(WriteJob job, Exception failure) {
        return causes(failure)
                .filter(OutcomeUnknownException.class::isInstance)
                .findFirst()
                .map(cause -> unknown(job, failure, cause))
                .orElseGet(() ->
                        TrinoErrors.translate("commit to table " + job.table().fullName(), failure));
    }

    private static Stream<Throwable> causes(Exception failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static TrinoException unknown(WriteJob job, Exception failure, Throwable reason) {
        return new TrinoException(
                OUTCOME_UNKNOWN,
                "Whether the statement is applied to table "
                        + job.table().fullName()
                        + " is unknown. Look for a snapshot with commit_user '" + job.commitUser()
                        + "' in its $snapshots before you run it again; its files are left as they are. "
                        + firstLine(reason),
                failure);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
