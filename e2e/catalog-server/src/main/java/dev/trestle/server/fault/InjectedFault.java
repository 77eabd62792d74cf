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
package dev.trestle.server.fault;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A fault that waits for its requests. Thread-safe. */
public final class InjectedFault {

    private final Fault fault;
    private final Predicate<ProxiedRequest> which;
    private final AtomicInteger toSkip;
    private final AtomicInteger toHit;
    private final AtomicInteger hits = new AtomicInteger();

    InjectedFault(Fault fault, Predicate<ProxiedRequest> which, int skip, int times) {
        this.fault = fault;
        this.which = which;
        this.toSkip = new AtomicInteger(skip);
        this.toHit = new AtomicInteger(times);
    }

    Fault fault() {
        return fault;
    }

    /** Whether the fault takes this request. */
    synchronized boolean takes(ProxiedRequest request) {
        if (toHit.get() == 0 || !which.test(request)) {
            return false;
        }
        if (toSkip.get() > 0) {
            toSkip.decrementAndGet();
            return false;
        }
        toHit.decrementAndGet();
        hits.incrementAndGet();
        return true;
    }

    /** How many requests it has taken: a test that expects a fault had better check that it happened. */
    public int hits() {
        return hits.get();
    }
}
