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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.http.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements, their results and their ends. */
@Timeout(30)
class GatewayOperationTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String EOS = "{'resultType':'EOS','results':{'columns':[],'rowFormat':'JSON','data':[]}}";

    @AutoClose
    private final ScriptedGateway gateway = new ScriptedGateway();

    @Test
    void readsTheResultsOfAStatement() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            gateway.answer(
                    "{'resultType':'NOT_READY','nextResultUri':'/v4/sessions/s/operations/o/result/0?rowFormat=JSON'}");
            gateway.answer(
                    "{'resultType':'PAYLOAD','isQueryResult':true,'jobID':'j','resultKind':'SUCCESS_WITH_CONTENT','results':{"
                            + "'columns':[{'name':'n','logicalType':{'type':'DECIMAL','nullable':true,'precision':5,'scale':2},"
                            + "'comment':null}],'rowFormat':'JSON','data':[{'kind':'INSERT','fields':[5]},"
                            + "{'kind':'UPDATE_AFTER','fields':[null]}]},"
                            + "'nextResultUri':'/v4/sessions/s/operations/o/result/1?rowFormat=JSON'}");
            gateway.answer(EOS);

            StatementResult result = operation.results().readAll(MINUTE);

            assertThat(result.columns()).extracting(Column::name).containsExactly("n");
            assertThat(result.rows()).extracting(Row::kind).containsExactly(RowKind.INSERT, RowKind.UPDATE_AFTER);
            assertThat(result.rows().get(0).values()).hasToString("[5.00]");
            assertThat(result.rows().get(1).values()).hasToString("[null]");
            assertThat(result.jobId()).contains("j");
            assertThat(List.of(gateway.takeLine(), gateway.takeLine(), gateway.takeLine()))
                    .containsExactly(
                            "GET /v4/sessions/s/operations/o/result/0?rowFormat=JSON",
                            "GET /v4/sessions/s/operations/o/result/0?rowFormat=JSON",
                            "GET /v4/sessions/s/operations/o/result/1?rowFormat=JSON");
        }
    }

    @Test
    void readsTheResultsOfTheFirstVersionWithoutARowFormat() {
        try (GatewayClient client = gateway.connected("V1")) {
            GatewayOperation operation = gateway.operation(client);
            gateway.answer("{'resultType':'EOS','results':{'columns':[{'name':'result','logicalType':"
                    + "{'type':'VARCHAR','length':2147483647}}],'data':[{'kind':'INSERT','fields':['OK']}]}}");

            StatementResult result = operation.results().readAll(MINUTE);

            assertThat(result.rows().get(0).values()).isEqualTo(List.of("OK"));
            assertThat(gateway.takeLine()).isEqualTo("GET /v1/sessions/s/operations/o/result/0");
        }
    }

    @Test
    void readsTheFormatThatCameWhateverWasAskedFor() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            gateway.answer("{'resultType':'EOS','results':{'columns':[{'name':'n','logicalType':{'type':'BINARY'}}],"
                    + "'rowFormat':'PLAIN_TEXT','data':[{'kind':'INSERT','fields':['x'0aff'']}]}}"
                            .replace("'x'0aff''", "\"x\\u00270aff\\u0027\""));

            assertThat(operation
                            .results()
                            .readAll(MINUTE)
                            .rows()
                            .get(0)
                            .values()
                            .get(0))
                    .isEqualTo(new byte[] {0x0a, (byte) 0xff});
        }
    }

    @Test
    void rowsThatAreNotToBeWrittenAsJsonComeAsText() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            gateway.fail("Internal server error. Could not map response to JSON.");
            gateway.answer("{'resultType':'EOS','results':{'columns':[{'name':'m','logicalType':{'type':'MAP',"
                    + "'keyType':{'type':'INTEGER'},'valueType':{'type':'INTEGER'}}}],"
                    + "'rowFormat':'PLAIN_TEXT','data':[{'kind':'INSERT','fields':['{1=2}']}]}}");

            assertThatThrownBy(() -> operation.results().next(MINUTE))
                    .isInstanceOf(RowFormatException.class)
                    .hasMessageContaining("PLAIN_TEXT");
            StatementResult result =
                    operation.results().readAs(RowFormat.PLAIN_TEXT).readAll(MINUTE);

            assertThat(result.rows().get(0).values()).isEqualTo(List.of(Map.of(1, 2)));
            assertThat(List.of(gateway.takeLine(), gateway.takeLine()))
                    .containsExactly(
                            "GET /v4/sessions/s/operations/o/result/0?rowFormat=JSON",
                            "GET /v4/sessions/s/operations/o/result/0?rowFormat=PLAIN_TEXT");
        }
    }

    @Test
    void readsRowAfterRowWithItsKind() {
        try (GatewayClient client = gateway.connected("V4")) {
            ResultRows rows = gateway.operation(client).rows(MINUTE);
            page(1, "{'kind':'INSERT','fields':[1]},{'kind':'UPDATE_BEFORE','fields':[1]}");
            page(2, "");
            page(3, "{'kind':'UPDATE_AFTER','fields':[2]}");
            gateway.answer(EOS);

            assertThat(rows.columns()).extracting(Column::name).containsExactly("n");
            assertThat(rows.jobId()).contains("j");
            assertThat(rows)
                    .toIterable()
                    .extracting(row -> row.kind().sign() + row.values())
                    .containsExactly("+I[1]", "-U[1]", "+U[2]");
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void closingAStreamOfRowsEarlyClosesTheOperation() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            page(1, "{'kind':'INSERT','fields':[1]},{'kind':'INSERT','fields':[2]}");
            gateway.answer("{'status':'CLOSED'}");

            try (Stream<Row> rows = operation.rows(MINUTE).stream()) {
                assertThat(rows.findFirst().orElseThrow().values()).isEqualTo(List.of(1));
            }

            gateway.take();
            assertThat(gateway.takeLine()).isEqualTo("DELETE /v4/sessions/s/operations/o/close");
        }
    }

    @Test
    void theRowsBeforeAFailureAreRead() {
        try (GatewayClient client = gateway.connected("V4")) {
            ResultRows rows = gateway.operation(client).rows(MINUTE);
            page(1, "{'kind':'INSERT','fields':[1]}");
            gateway.fail("a.Outer: x\\nCaused by: a.B: broken");

            assertThat(rows.next().values()).isEqualTo(List.of(1));
            assertThatThrownBy(rows::hasNext).isInstanceOf(StatementFailedException.class);
        }
    }

    @Test
    void aRefusedStatementHasTheWordsOfItsInnermostCause() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            gateway.fail(
                    "a.Outer: Failed to fetchResults.\\n\\tat a.b(C.java:1)\\nCaused by: x.y.NotFound: no table t\\n\\tat a.b(C.java:2)");

            assertThatThrownBy(() -> operation.results().next(MINUTE))
                    .isInstanceOfSatisfying(SqlErrorException.class, e -> {
                        assertThat(e.causeClass()).isEqualTo("x.y.NotFound");
                        assertThat(e.serverTrace()).contains("Failed to fetchResults");
                    })
                    .hasMessage("no table t");
        }
    }

    @Test
    void aJobThatFailedIsToldFromARefusedStatement() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            gateway.fail(
                    "a.Outer: x\\nCaused by: org.apache.flink.runtime.client.JobExecutionException: Job execution failed."
                            + "\\n\\tat a.b(C.java:2)\\nCaused by: java.lang.NumberFormatException: For input string: 'abc'");

            assertThatThrownBy(() -> operation.results().next(MINUTE))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessage("For input string: 'abc'");
        }
    }

    @Test
    void aCancelledStatementIsNoFailure() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            gateway.answer("{'status':'CANCELED'}");
            gateway.fail("a.Outer: x\\nCaused by: a.B: Can not fetch results from the o in CANCELED status.");

            assertThat(operation.cancel()).isEqualTo(OperationStatus.CANCELED);
            assertThatThrownBy(() -> operation.results().next(MINUTE)).isInstanceOf(StatementCancelledException.class);

            assertThat(gateway.takeLine()).isEqualTo("POST /v4/sessions/s/operations/o/cancel");
        }
    }

    @Test
    void knowsThatTheOperationIsGone() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            String gone =
                    "a.Outer: x\\nCaused by: a.B: Can not find the submitted operation in the OperationManager with o.";
            gateway.fail(gone);
            gateway.fail(gone);

            assertThatThrownBy(operation::fetchStatus).isInstanceOf(OperationGoneException.class);
            operation.close();
        }
    }

    @Test
    void aFetchWhoseAnswerIsLostIsSentAgainForTheSameToken() {
        gateway.offer("V4");
        try (GatewayClient client = gateway.connect(Map.of("http.max-attempts", "2"))) {
            gateway.take();
            GatewayOperation operation = gateway.operation(client);
            gateway.cut();
            gateway.answer(EOS);

            assertThat(operation.results().next(MINUTE)).isPresent();

            assertThat(gateway.takeLine()).isEqualTo(gateway.takeLine());
        }
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        HttpSettings http = HttpSettings.of(gateway.uri());
        GatewaySettings small = new GatewaySettings(new HttpSettings(
                http.baseUri(),
                http.connectTimeout(),
                http.callTimeout(),
                1,
                http.deadline(),
                1,
                10,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "test"));
        gateway.offer("V1", "V2", "V3");

        assertThatThrownBy(() -> GatewayClient.connect(small))
                .isInstanceOf(GatewayUnreachableException.class)
                .hasMessageContaining("more than 10 bytes");
    }

    @Test
    void refusesAResultThatGoesBack() {
        try (GatewayClient client = gateway.connected("V4")) {
            GatewayOperation operation = gateway.operation(client);
            page(3, "");
            page(2, "");

            assertThatThrownBy(() -> operation.results().next(MINUTE)).isInstanceOf(UnexpectedAnswerException.class);
        }
    }

    private void page(int nextToken, String rows) {
        gateway.answer("{'resultType':'PAYLOAD','isQueryResult':true,'jobID':'j','results':{'columns':"
                + "[{'name':'n','logicalType':{'type':'INTEGER'}}],'rowFormat':'JSON','data':[" + rows + "]},"
                + "'nextResultUri':'/v4/sessions/s/operations/o/result/" + nextToken + "?rowFormat=JSON'}");
    }
}
