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

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Collects garbage until something is seen, for a bounded time; also what is held softly, as under lack of memory. */
final class Garbage {

    private Garbage() {}

    static boolean isCollectedUntil(Duration time, BooleanSupplier seen) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            PhantomReference<Object> marker = new PhantomReference<>(new Object(), queue);
            runOutOfMemory();
            System.gc();
            // The marker's turn is the sign that references were looked at.
            queue.remove(100);
            marker.clear();
        }
        return true;
    }

    /** The JVM lets go of soft references, as the JDK keeps to the types of records, before it gives up. */
    private static void runOutOfMemory() {
        try {
            long[] tooMuch = new long[Integer.MAX_VALUE - 8];
            throw new IllegalStateException("there is room for " + tooMuch.length);
        } catch (OutOfMemoryError expected) {
            assert expected.getMessage() != null;
        }
    }
}
