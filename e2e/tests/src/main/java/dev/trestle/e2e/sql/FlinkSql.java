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

import dev.trestle.flink.gateway.Durations;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayException;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.GatewayTimeoutException;
import dev.trestle.flink.gateway.GatewayUnreachableException;
import dev.trestle.flink.gateway.SessionGoneException;
import dev.trestle.flink.gateway.SessionSettings;
import dev.trestle.flink.gateway.UnexpectedAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code e2e/flink-sql}. Rows go to standard output, everything else to standard error. */
@Command(
        name = "e2e/flink-sql",
        description = "Runs SQL statements, each after the one before has ended, in one session of a Flink SQL Gateway."
                + " Ctrl-C cancels the statement that runs.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every statement has succeeded",
            "1:a statement failed; those after it were not run",
            "2:the command line is wrong",
            "3:the gateway cannot be reached, is none, or has lost the session",
            "4:a statement was cancelled since it took longer than --timeout",
            "130:ended by Ctrl-C"
        })
public final class FlinkSql implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_COMMAND_LINE = 2;
    private static final int NO_GATEWAY = 3;
    private static final int TIMED_OUT = 4;

    /** Without --timeout. */
    private static final Duration FOREVER = Duration.ofDays(10_000);

    /** What a script expects: that a statement has ended when the next one begins. */
    private static final Map<String, String> PROPERTIES = Map.of("table.dml-sync", "true");

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger CALLS = Logger.getLogger("dev.trestle.catalog.http.CallReport");

    private final InputStream input;
    private final PrintStream out;
    private final PrintStream messages;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The statements, each with a semicolon at its end; standard input where no file is given.")
    private Path file;

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "Statements, instead of a file.")
    private String statements;

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "URI",
            defaultValue = "http://localhost:8083",
            description = "The gateway's REST endpoint (default: ${DEFAULT-VALUE}).")
    private String gateway;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "KEY=VALUE",
            description = "How to talk to the gateway: http.tls.trust-store=FILE, http.proxy=URI,"
                    + " 'header.Authorization=Bearer $${env:TOKEN}' …")
    private Map<String, String> options = new HashMap<>();

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description =
                    "Flink's configuration of the session, such as execution.runtime-mode=batch. table.dml-sync is"
                            + " true unless set: an INSERT is waited for.")
    private Map<String, String> properties = new HashMap<>();

    @Option(
            names = "--format",
            defaultValue = "table",
            description =
                    "How rows are written: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). json is one object"
                            + " a line.")
    private Output.Format format;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "The longest that one statement may take, such as '90 s' or '10 min' (default: no limit).")
    private String timeout;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("unused") // Picocli sets it, and shows the help where it is set.
    private boolean help;

    @Option(names = "--session-name", defaultValue = "flink-sql", description = "For the gateway's log.")
    private String sessionName;

    @Option(
            names = "--no-progress",
            description =
                    "Do not show the number of rows while a statement runs; it is shown on a terminal only anyway.")
    private boolean noProgress;

    FlinkSql(InputStream input, PrintStream out, PrintStream messages) {
        this.input = input;
        this.out = out;
        this.messages = messages;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream messages = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        // A call that failed is told once, as the message of its statement.
        CALLS.setLevel(Level.OFF);
        System.exit(new CommandLine(new FlinkSql(System.in, out, messages)).execute(args));
    }

    @Override
    public Integer call() {
        try {
            return run(settings(), sessionSettings(), limit(), new Script(readScript()).statements());
        } catch (IllegalArgumentException e) {
            messages.println("flink-sql: " + e.getMessage());
            return WRONG_COMMAND_LINE;
        } catch (GatewayException e) {
            // The client knows the endpoint as an option, and whoever reads this knows it as --gateway.
            messages.println("flink-sql: " + e.getMessage().replace("option 'uri'", "--gateway"));
            return NO_GATEWAY;
        }
    }

    private int run(GatewaySettings settings, SessionSettings sessionSettings, Duration limit, List<Statement> script) {
        try (GatewayClient client = GatewayClient.connect(settings);
                GatewaySession session = client.openSession(sessionSettings)) {
            Output output = new Output(out, messages, format, isTerminal() && !noProgress);
            StatementRunner runner = new StatementRunner(session, limit, output);
            Thread hook = new Thread(() -> endEarly(runner, session), "cancel-statement");
            Runtime.getRuntime().addShutdownHook(hook);
            int exitCode = run(runner, script);
            removeHook(hook);
            return exitCode;
        }
    }

    private int run(StatementRunner runner, List<Statement> script) {
        for (Statement statement : script) {
            try {
                runner.run(statement);
            } catch (GatewayException e) {
                if (!runner.isCancelled()) {
                    messages.println("flink-sql: line " + statement.line() + ": " + inWords(e));
                }
                return exitCode(e);
            }
        }
        return 0;
    }

    private String inWords(GatewayException failure) {
        return failure instanceof GatewayTimeoutException && timeout != null
                ? "cancelled, since it took longer than --timeout '" + timeout + "'"
                : failure.getMessage();
    }

    private static int exitCode(GatewayException failure) {
        if (failure instanceof GatewayTimeoutException) {
            return TIMED_OUT;
        }
        return failure instanceof GatewayUnreachableException
                        || failure instanceof SessionGoneException
                        || failure instanceof UnexpectedAnswerException
                ? NO_GATEWAY
                : FAILED;
    }

    /** On Ctrl-C and kill. The session is closed too, in case a statement was on its way. */
    private void endEarly(StatementRunner runner, GatewaySession session) {
        try {
            runner.cancel();
            session.close();
            messages.println("flink-sql: cancelled");
        } catch (GatewayException e) {
            messages.println("flink-sql: could not cancel: " + e.getMessage());
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being ended, and the hook sees to the rest.
        }
    }

    /** Known to the script that starts this. */
    private static boolean isTerminal() {
        return Boolean.getBoolean("trestle.terminal");
    }

    private Duration limit() {
        return timeout == null ? FOREVER : Durations.parse("--timeout", timeout);
    }

    private GatewaySettings settings() {
        Map<String, String> all = new HashMap<>(options);
        all.put("uri", gateway);
        return GatewaySettings.of(all);
    }

    private SessionSettings sessionSettings() {
        Map<String, String> all = new HashMap<>(PROPERTIES);
        all.putAll(properties);
        return SessionSettings.DEFAULT.withName(sessionName).withProperties(all);
    }

    private String readScript() {
        if (statements != null && file != null) {
            throw new IllegalArgumentException("Either a file or --execute, not both");
        }
        try {
            if (statements != null) {
                return statements;
            }
            return file == null ? new String(input.readAllBytes(), StandardCharsets.UTF_8) : Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("The statements cannot be read: " + e, e);
        }
    }
}
