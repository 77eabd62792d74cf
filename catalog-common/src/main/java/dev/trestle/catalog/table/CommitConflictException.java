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
package dev.trestle.catalog.table;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * A snapshot is not proposed to the service, since what it would add was made from what another commit has replaced. No earlier
 * proposal of the same commit has become a snapshot either.
 */
public final class CommitConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommitConflictException(String message) {
        super(message);
    }

    /**
     * Whether a commit failed by a conflict: nothing was sent of the snapshot that was in the way of it. Paimon has no type for
     * it, but words with which it refuses to propose a snapshot, after it has looked whether an earlier proposal became one. Of
     * a commit of several snapshots an earlier one may be there: {@link CommitOutcome} tells.
     */
    public static boolean isCauseOf(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(CommitConflictException::isConflict);
    }

    private static boolean isConflict(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof CommitConflictException
                || message.contains("Give up committing")
                || message.contains("Giving up committing")
                || isRefusedOften(failure, message);
    }

    /** Without a cause it ends so where the service has refused the last proposal, and it has found none of the earlier. */
    private static boolean isRefusedOften(Throwable failure, String message) {
        return message.startsWith("Commit failed after") && failure.getCause() == null;
    }
}
