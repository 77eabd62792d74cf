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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The writes of one transaction that no commit has been proposed for. Safe for use by many threads. */
public final class PendingWrites {

    private record Pending(WriteJob job, Runnable undo) {}

    private final Map<String, Pending> writes = new ConcurrentHashMap<>();

    /** Begins a write whose files are deleted if it is taken back. */
    void begin(WriteJob job) {
        begin(job, () -> LeftFiles.delete(job));
    }

    /** @param undo takes back what was written; throws nothing */
    void begin(WriteJob job, Runnable undo) {
        writes.put(job.commitUser(), new Pending(job, undo));
    }

    WriteJob job(String commitUser) {
        Pending pending = writes.get(commitUser);
        if (pending == null) {
            throw new IllegalStateException("The transaction has no write " + commitUser);
        }
        return pending.job();
    }

    /** From here on what the job wrote is no longer this transaction's alone. */
    void propose(WriteJob job) {
        writes.remove(job.commitUser());
    }

    /** Takes back what the transaction wrote and did not propose. */
    public void rollback() {
        writes.values().forEach(pending -> pending.undo().run());
        writes.clear();
    }
}
