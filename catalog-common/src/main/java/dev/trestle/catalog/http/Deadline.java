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
import java.util.OptionalLong;

/** When a call must have ended: after its own time, or with the scope that it is made in. */
final class Deadline {

    private final Timing timing;
    private final long nanos;
    private final boolean ofScope;

    private Deadline(Timing timing, long nanos, boolean ofScope) {
        this.timing = timing;
        this.nanos = nanos;
        this.ofScope = ofScope;
    }

    /** The given time from now, or the end of the thread's {@link CallContext#withDeadline} where that is earlier. */
    static Deadline in(Duration time, Timing timing) {
        long own = timing.nanoTime() + time.toNanos();
        OptionalLong scope = CallContext.deadlineNanos();
        boolean scopeIsEarlier = scope.isPresent() && scope.getAsLong() - own < 0;
        return new Deadline(timing, scopeIsEarlier ? scope.getAsLong() : own, scopeIsEarlier);
    }

    /** Zero or more. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - timing.nanoTime()));
    }

    String advice() {
        return ofScope
                ? "The operation that it belongs to has used up its time"
                : "Raise option 'http.deadline' or look why the service is slow";
    }
}
