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
package dev.trestle.flink.gateway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A timer that a test turns. */
final class FakeTimer implements RepeatingTimer {

    private final Map<Runnable, Duration> tasks = new LinkedHashMap<>();

    @Override
    public Repetition repeat(Duration interval, Runnable task) {
        tasks.put(task, interval);
        return () -> tasks.remove(task);
    }

    /** Does everything that is repeated in this interval once. What throws is not repeated again. */
    void elapse(Duration interval) {
        for (Map.Entry<Runnable, Duration> task : Map.copyOf(tasks).entrySet()) {
            if (task.getValue().equals(interval)) {
                try {
                    task.getKey().run();
                } catch (RuntimeException e) {
                    tasks.remove(task.getKey());
                }
            }
        }
    }

    boolean isIdle() {
        return tasks.isEmpty();
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
