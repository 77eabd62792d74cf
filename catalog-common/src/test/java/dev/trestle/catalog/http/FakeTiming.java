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
package dev.trestle.catalog.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by sleeping, and at once. Begins at the real nanoTime, so that scopes of the context fit in. */
final class FakeTiming implements Timing {

    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final long startNanos = System.nanoTime();
    private final AtomicLong passedNanos = new AtomicLong();
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private volatile Duration surplus = Duration.ZERO;

    @Override
    public long nanoTime() {
        return startNanos + passedNanos.get();
    }

    @Override
    public Instant now() {
        return START.plusNanos(passedNanos.get());
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        pass(duration.plus(surplus));
    }

    @Override
    public double jitter() {
        return 0.5;
    }

    /** From now on each sleep takes longer than was asked, as on a busy machine. */
    void oversleep(Duration longer) {
        surplus = longer;
    }

    void pass(Duration duration) {
        passedNanos.addAndGet(duration.toNanos());
    }

    List<Duration> sleeps() {
        return sleeps;
    }
}
