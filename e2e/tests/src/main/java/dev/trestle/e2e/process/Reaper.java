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
package dev.trestle.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Ends processes when this one has ended without doing so itself, killed outright for one. It is a shell that reads process
 * ids from a pipe: when the pipe breaks, its writer is gone, and the shell kills what it has been told of.
 */
final class Reaper implements AutoCloseable {

    private static final String SCRIPT =
            """
            trap '' INT TERM HUP
            pids=
            while read -r word pid; do
              case $word in
                start) pids="$pids $pid" ;;
                stop) kept=; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
                done) exit 0 ;;
              esac
            done
            [ -n "$pids" ] || exit 0
            kill $pids 2>/dev/null
            n=0
            while [ $n -lt 50 ] && kill -0 $pids 2>/dev/null; do sleep 0.2; n=$((n + 1)); done
            kill -9 $pids 2>/dev/null
            """;

    private final Process shell;
    private final Writer pipe;

    Reaper() {
        try {
            shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start /bin/sh", e);
        }
        pipe = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    void watch(long pid) {
        tell("start " + pid);
    }

    void forget(long pid) {
        tell("stop " + pid);
    }

    private void tell(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The process that watches over the others has ended", e);
        }
    }

    /** Ends the watch and leaves what is still watched running. */
    @Override
    public void close() {
        try {
            tell("done -");
            pipe.close();
            shell.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException | UncheckedIOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shell.destroyForcibly();
    }
}
