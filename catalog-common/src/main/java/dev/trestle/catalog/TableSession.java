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
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.TableSnapshot;

/**
 * What one opened table and its copies share, also after they were sent to another process of the same job: the latest
 * snapshot as it was known a moment ago, so that planning and starting a read ask for it once; and a commit that was refused
 * for good. Safe for use by many threads.
 */
final class TableSession implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final long REFUSAL_HOLDS_MILLIS = 30_000;

    private final long freshForMillis;
    private final Map<Identifier, Known> latest = new ConcurrentHashMap<>();
    private final AtomicReference<Refusal> refusal = new AtomicReference<>();

    TableSession(Duration freshFor) {
        this.freshForMillis = freshFor.toMillis();
    }

    /** @param snapshot null where the table had none */
    private record Known(TableSnapshot snapshot, long atMillis) implements Serializable {}

    private record Refusal(ServiceException error, String thread, long atMillis) implements Serializable {}

    /** The latest snapshot as it was loaded a moment ago; empty where that is not known. */
    Optional<Optional<TableSnapshot>> latestKnown(Identifier identifier) {
        Known known = latest.get(identifier);
        if (known == null) {
            return Optional.empty();
        }
        long age = System.currentTimeMillis() - known.atMillis();
        return age >= 0 && age < freshForMillis ? Optional.of(Optional.ofNullable(known.snapshot())) : Optional.empty();
    }

    /** @param askedAtMillis when the service was asked, in epoch milliseconds */
    void remember(Identifier identifier, Optional<TableSnapshot> snapshot, long askedAtMillis) {
        latest.put(identifier, new Known(snapshot.orElse(null), askedAtMillis));
    }

    void forgetLatest() {
        latest.clear();
    }

    /**
     * Remembers that the service refused a commit of this thread for good. Paimon's commit loop would propose it ten times
     * more; before each it loads the latest snapshot, outside of its own error handling, and there it is ended.
     */
    void refuse(ServiceException error) {
        requireNonNull(error, "error is null");
        refusal.set(new Refusal(error, Thread.currentThread().getName(), System.currentTimeMillis()));
    }

    /** @throws ServiceException the refusal of this thread's last commit, once */
    void failIfRefused() {
        Refusal last = refusal.get();
        if (last != null
                && last.thread().equals(Thread.currentThread().getName())
                && refusal.compareAndSet(last, null)
                && System.currentTimeMillis() - last.atMillis() < REFUSAL_HOLDS_MILLIS) {
            throw last.error();
        }
    }
}
