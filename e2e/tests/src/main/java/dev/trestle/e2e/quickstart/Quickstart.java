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
package dev.trestle.e2e.quickstart;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.ProcessGroup;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code e2e/quickstart}. Exits with 0 only if every statement did what it must. */
@Command(
        name = "e2e/quickstart",
        mixinStandardHelpOptions = true,
        versionProvider = Quickstart.Version.class,
        description = "Shows Trestle at work: a catalog server and the engines as processes of this machine, and"
                + " statements whose answers are checked. Without a command: all parts there are.")
public final class Quickstart implements Callable<Integer> {

    private static final int FAILED = 1;

    private final PrintStream out;
    private final BuildOutput build;

    @Option(names = "--keep", description = "Leave everything running at the end, and say how to connect to it.")
    private boolean keep;

    private Quickstart(PrintStream out, BuildOutput build) {
        this.out = out;
        this.build = build;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new CommandLine(new Quickstart(out, BuildOutput.find())).execute(args));
    }

    /** The version of this build. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Quickstart.class.getPackage().getImplementationVersion();
            return new String[] {"Trestle quickstart " + (version == null ? "(unpackaged)" : version)};
        }
    }

    @Override
    public Integer call() {
        return run(EnumSet.allOf(Engine.class), keep);
    }

    @Command(mixinStandardHelpOptions = true, description = "Flink: batch, time travel and streaming.")
    int flink(
            @Option(
                            names = "--keep",
                            description = "Leave everything running at the end, and say how to connect to it.")
                    boolean keepRunning) {
        return run(EnumSet.of(Engine.FLINK), keep || keepRunning);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Flink, and then Trino on the same tables: queries, a join with another catalog, changes.")
    int trino(
            @Option(
                            names = "--keep",
                            description = "Leave everything running at the end, and say how to connect to it.")
                    boolean keepRunning) {
        return run(EnumSet.of(Engine.FLINK, Engine.TRINO), keep || keepRunning);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Flink, and then Spark on the same tables: queries, merged rows, an old version, a join.")
    int spark(
            @Option(
                            names = "--keep",
                            description = "Leave everything running at the end, and say how to connect to it.")
                    boolean keepRunning) {
        return run(EnumSet.of(Engine.FLINK, Engine.SPARK), keep || keepRunning);
    }

    @Command(mixinStandardHelpOptions = true, description = "End what runs with --keep have left running.")
    int stop() {
        int stopped = runs().stopKept();
        out.println(stopped == 0 ? "Nothing was running." : stopped + " processes have been stopped.");
        return 0;
    }

    private RunDirectories runs() {
        return new RunDirectories(build.directory().resolve("quickstart").resolve("runs"));
    }

    private int run(Set<Engine> engines, boolean keepRunning) {
        Transcript transcript = new Transcript(out);
        long start = System.nanoTime();
        Path directory = runs().create();
        try (ProcessGroup processes = new ProcessGroup()) {
            try {
                new QuickstartRun(build, directory, processes, transcript).run(engines, keepRunning);
            } catch (RuntimeException | Error e) {
                if (!isInterrupted(processes)) {
                    out.println(new FailureReport(processes, directory).of(e));
                }
                return FAILED;
            }
        }
        out.printf(
                "%nAll of it took %d s.%n",
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        out.println("quickstart: ok");
        return 0;
    }

    /** Ctrl-C ends this program and the processes at once: the first to notice may be the one that talks to them. */
    private static boolean isInterrupted(ProcessGroup processes) {
        long patience = System.nanoTime() + Duration.ofMillis(500).toNanos();
        while (!processes.isStopping() && System.nanoTime() < patience) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return processes.isStopping();
    }
}
