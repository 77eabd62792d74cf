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
package dev.trestle.catalog;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.ServiceException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * What is known between the proposals of one commit. Paimon's commit loop proposes a snapshot again after any exception, and
 * before that loads the latest one, outside of its own error handling: there a commit that was refused for good is ended,
 * and all its proposals and reads share one deadline. Kept by thread, since a commit is made by one.
 */
final class CommitProgress {

    /** After so long without a word of it, a commit is over, and the thread is at something else. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final Map<Thread, Commit> commits = Collections.synchronizedMap(new WeakHashMap<>());

    private record Commit(long startNanos, Optional<ServiceException> refusal) {}

    /** A proposal of this thread got no answer, or a failure after which it may or may not be applied. */
    void failed(long startNanos) {
        commits.merge(Thread.currentThread(), new Commit(startNanos, Optional.empty()), (earlier, later) -> earlier);
    }

    /** The service refused the proposal of this thread for good. */
    void refused(ServiceException error) {
        requireNonNull(error, "error is null");
        commits.put(Thread.currentThread(), new Commit(System.nanoTime(), Optional.of(error)));
    }

    /** The service answered the proposal of this thread with yes or no. */
    void answered() {
        commits.remove(Thread.currentThread());
    }

    /**
     * What is left to this thread's commit of the time that it may take; empty where it has none under way.
     *
     * @throws ServiceException why the commit was refused for good, once
     */
    Optional<Duration> timeLeft(Duration deadline) {
        Commit commit = commits.get(Thread.currentThread());
        if (commit == null) {
            return Optional.empty();
        }
        Duration left = deadline.minusNanos(System.nanoTime() - commit.startNanos());
        boolean forgotten = left.plus(FORGOTTEN_AFTER).isNegative();
        if (forgotten || commit.refusal().isPresent()) {
            commits.remove(Thread.currentThread());
        }
        if (forgotten) {
            return Optional.empty();
        }
        if (commit.refusal().isPresent()) {
            throw commit.refusal().get();
        }
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }
}
