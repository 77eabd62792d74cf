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

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error of the gateway: {@code {"errors": [trace]}} or {@code {"errors": ["Internal server error.", trace]}}, each trace a
 * Java stack trace as text, whatever went wrong and nearly always with status 500.
 *
 * @param causeClass the class of the innermost cause, such as {@code org.apache.flink.table.api.ValidationException}
 * @param message the message of the innermost cause, of one or more lines
 * @param trace the whole
 */
record ErrorTrace(String causeClass, String message, String trace) {

    private static final String CAUSED_BY = "Caused by: ";
    private static final Pattern FRAME = Pattern.compile("\\s+(at .+|\\.\\.\\. \\d+ (more|common frames omitted))");
    private static final Pattern FRAMING =
            Pattern.compile("<Exception on server side:|End of exception on server side>");
    private static final Pattern THROWABLE =
            Pattern.compile("((?:[\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+[\\p{L}_$][\\p{L}\\p{N}_$]*)(?:: ?(.*))?");

    /** What Flink's clients wrap around the failure of a job. */
    private static final Pattern JOB_FAILURE = Pattern.compile(
            "org\\.apache\\.flink\\.(runtime\\.client\\.Job(Execution|Submission|Initialization)Exception"
                    + "|client\\.program\\.ProgramInvocationException: Job failed)");

    ErrorTrace {
        requireNonNull(causeClass, "causeClass is null");
        requireNonNull(message, "message is null");
        requireNonNull(trace, "trace is null");
    }

    /** The error in an answer, or nothing if the answer is not of the gateway's form. */
    static Optional<ErrorTrace> in(JsonNode answer) {
        JsonNode errors = answer.path("errors");
        if (!errors.isArray() || errors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parse(errors.get(errors.size() - 1).asText()));
    }

    static ErrorTrace parse(String trace) {
        List<String> lines =
                trace.lines().filter(line -> !FRAMING.matcher(line).matches()).toList();
        int first = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(CAUSED_BY)) {
                first = i;
            }
        }
        StringBuilder cause = new StringBuilder();
        for (String line : lines.subList(first, lines.size())) {
            if (FRAME.matcher(line).matches()) {
                break;
            }
            cause.append(cause.isEmpty() ? "" : "\n").append(line);
        }
        String text = cause.toString().strip();
        if (text.startsWith(CAUSED_BY)) {
            text = text.substring(CAUSED_BY.length());
        }
        return of(text, trace);
    }

    private static ErrorTrace of(String cause, String trace) {
        String firstLine = cause.lines().findFirst().orElse("");
        Matcher throwable = THROWABLE.matcher(firstLine);
        if (!throwable.matches()) {
            return new ErrorTrace("", cause, trace);
        }
        String causeClass = throwable.group(1);
        String message =
                cause.substring(causeClass.length()).replaceFirst("^: ?", "").strip();
        return new ErrorTrace(causeClass, message.isEmpty() ? causeClass : message, trace);
    }

    boolean saysThatSessionIsGone(String session) {
        return trace.contains("Session '" + session + "' does not exist");
    }

    boolean saysThatOperationIsGone() {
        return message.contains("Can not find the submitted operation") || message.contains(" in CLOSED status");
    }

    boolean saysThatItWasCancelled() {
        return message.contains(" in CANCELED status") || causeClass.endsWith(".JobCancellationException");
    }

    boolean saysThatAJobFailed() {
        return JOB_FAILURE.matcher(trace).find();
    }

    /** The rows were computed, and the gateway has no JSON for them. */
    boolean saysThatTheFormatFails() {
        return trace.contains("Could not map response to JSON");
    }
}
