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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTraceTest {

    @Test
    void takesTheInnermostCause() {
        ErrorTrace error = ErrorTrace.parse(
                """
                org.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed to fetchResults.
                \tat org.apache.flink.Foo.bar(Foo.java:1)
                Caused by: org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation 1.
                \tat org.apache.flink.Foo.bar(Foo.java:2)
                \t... 7 more
                Caused by: org.apache.calcite.sql.validate.SqlValidatorException: Object 'nothing' not found
                \tat org.apache.flink.Foo.bar(Foo.java:3)
                \t... 9 more
                """);

        assertThat(error.causeClass()).isEqualTo("org.apache.calcite.sql.validate.SqlValidatorException");
        assertThat(error.message()).isEqualTo("Object 'nothing' not found");
    }

    @Test
    void keepsAMessageOfSeveralLines() {
        ErrorTrace error = ErrorTrace.parse(
                """
                a.B: outer
                \tat a.C.d(C.java:1)
                Caused by: org.apache.flink.table.api.ValidationException: Could not find any factory for identifier 'x'.

                Available factory identifiers are:

                generic_in_memory
                \tat a.C.d(C.java:1)
                """);

        assertThat(error.message())
                .isEqualTo("Could not find any factory for identifier 'x'.\n\nAvailable factory identifiers are:\n\n"
                        + "generic_in_memory");
    }

    @Test
    void passesOverCausesOfSuppressedExceptions() {
        ErrorTrace error = ErrorTrace.parse(
                """
                a.B: outer
                Caused by: a.Inner: what failed
                \tat a.C.d(C.java:1)
                \tSuppressed: a.Other: while closing
                \tCaused by: a.Deeper: beside the point
                """);

        assertThat(error.message()).isEqualTo("what failed");
    }

    @Test
    void takesTheTopWhereThereIsNoCause() {
        assertThat(ErrorTrace.parse("java.lang.IllegalStateException: no more\n\tat a.B.c(B.java:1)")
                        .message())
                .isEqualTo("no more");
        assertThat(ErrorTrace.parse("Internal server error.").message()).isEqualTo("Internal server error.");
    }

    @Test
    void passesOverTheFrameThatTheGatewayPutsAround() {
        ErrorTrace error = ErrorTrace.parse("<Exception on server side:\na.B: no session\n\tat a.C.d(C.java:1)\n\n"
                + "End of exception on server side>");

        assertThat(error.message()).isEqualTo("no session");
        assertThat(error.causeClass()).isEqualTo("a.B");
    }

    @Test
    void namesTheClassWhereThereIsNoMessage() {
        ErrorTrace error = ErrorTrace.parse("a.B: x\nCaused by: java.lang.NullPointerException\n\tat a.B.c(B.java:1)");

        assertThat(error.message()).isEqualTo("java.lang.NullPointerException");
    }
}
