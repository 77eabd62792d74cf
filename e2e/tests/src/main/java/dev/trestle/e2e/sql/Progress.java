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
package dev.trestle.e2e.sql;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Counts a statement's rows and time; on a terminal it shows them while the statement runs. */
final class Progress implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream terminal;
    private final ScheduledExecutorService timer;
    private final long start = System.nanoTime();
    private long rows;
    private boolean shown;

    private Progress(PrintStream terminal, ScheduledExecutorService timer) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.timer = timer;
    }

    /** Counts and shows nothing. */
    static Progress hidden(PrintStream terminal) {
        return new Progress(terminal, null);
    }

    /** Shows the counts twice a second, in one line that it writes over. */
    static Progress shown(PrintStream terminal) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        Progress progress = new Progress(terminal, timer);
        var unused = timer.scheduleWithFixedDelay(
                progress::show, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return progress;
    }

    /** Writes rows with nothing in between of what this shows. */
    synchronized void print(long count, Runnable writing) {
        erase();
        writing.run();
        rows += count;
    }

    /** Such as {@code 2 rows, 1.3 s}. */
    synchronized String summary() {
        return String.format(
                Locale.ROOT, "%d %s, %.1f s", rows, rows == 1 ? "row" : "rows", (System.nanoTime() - start) / 1e9);
    }

    private synchronized void show() {
        terminal.print(ERASE_LINE + summary() + " …");
        terminal.flush();
        shown = true;
    }

    private void erase() {
        if (shown) {
            terminal.print(ERASE_LINE);
            terminal.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
        synchronized (this) {
            erase();
        }
    }
}
