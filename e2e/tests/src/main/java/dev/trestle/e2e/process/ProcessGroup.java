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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes that end together: when the group is closed, when this program ends or is told to (Ctrl-C, kill), and even when it
 * is killed outright. Safe for many threads.
 */
public final class ProcessGroup implements AutoCloseable {

    private final List<ManagedProcess> processes = new ArrayList<>();
    private final Reaper reaper = new Reaper();
    private final Thread hook = new Thread(this::stopOnShutdown, "stop-processes");
    private volatile boolean stopping;
    private boolean closed;

    public ProcessGroup() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a process as a member of the group. */
    public synchronized ManagedProcess start(ProcessSpec spec) {
        if (closed) {
            throw new IllegalStateException("The processes have been stopped; " + spec.name() + " is not started");
        }
        ManagedProcess process = ManagedProcess.start(spec);
        processes.add(process);
        reaper.watch(process.handle().pid());
        return process;
    }

    /** The members, in the order in which they were started. */
    public synchronized List<ManagedProcess> members() {
        return List.copyOf(processes);
    }

    /** A member that has ended by itself, if there is one. */
    public synchronized Optional<ManagedProcess> firstDead() {
        return processes.stream().filter(process -> !process.isAlive()).findFirst();
    }

    /** Whether the program is ending and takes its members along: what fails now fails for that. */
    public boolean isStopping() {
        return stopping;
    }

    /** Lets the members run on when this program ends. */
    public synchronized void release() {
        if (!closed) {
            closed = true;
            reaper.close();
            removeHook();
        }
    }

    /** Stops the members, the last one first. */
    @Override
    public void close() {
        stopAll();
        removeHook();
    }

    private void stopOnShutdown() {
        stopping = true;
        stopAll();
    }

    private synchronized void stopAll() {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = processes.size() - 1; i >= 0; i--) {
            ManagedProcess process = processes.get(i);
            process.close();
            reaper.forget(process.handle().pid());
        }
        reaper.close();
    }

    private void removeHook() {
        if (Thread.currentThread() == hook) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending: the hook has run, or waits for this thread and then finds nothing to do.
        }
    }
}
