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
package dev.trestle.catalog.paimon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.api.ViewInfo;
import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpTransport;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.consumer.ConsumerInfo;
import org.apache.paimon.function.Function;
import org.apache.paimon.partition.Partition;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

/** A service that is newer than the client breaks no listing, and no table that the client does understand. */
class NewerServiceTest {

    private static final String GOOD =
            """
            {"id":"1","database":"db","name":"good","path":"file:/good","isExternal":false,"schemaId":0,"new":{"a":[1]},
             "schema":{"fields":[{"id":0,"name":"k","type":"INT","new":1}],"partitionKeys":[],"primaryKeys":[],
                       "options":{"type":"a-type-of-next-year"},"new":true}}""";
    private static final String NEW_DATA_TYPE =
            """
            {"id":"2","database":"db","name":"bad","path":"file:/bad","isExternal":false,"schemaId":0,
             "schema":{"fields":[{"id":0,"name":"k","type":"HYPERCUBE"}],"partitionKeys":[],"primaryKeys":[],
                       "options":{"fs.oss.accessKeySecret":"hunter2"}}}""";

    @Test
    void listsAPageWithATableThatItDoesNotUnderstand() {
        PaimonRestApi api =
                answering("{\"tableDetails\":[%s,%s,{\"name\":\"odd\"},%s],\"nextPageToken\":\"\",\"new\":1}"
                        .formatted(GOOD, NEW_DATA_TYPE, GOOD));

        Page<TableDetails> page = api.tables().details("db", PageRequest.first(), Optional.empty(), Optional.empty());

        assertThat(page.nextToken()).isEmpty();
        assertThat(page.items())
                .hasSize(4)
                .satisfies(good -> assertThat(good).isInstanceOf(TableDetails.Readable.class), Index.atIndex(0))
                .satisfies(good -> assertThat(good).isInstanceOf(TableDetails.Readable.class), Index.atIndex(3));
        TableDetails.Unreadable unreadable =
                (TableDetails.Unreadable) page.items().get(1);
        assertThat(unreadable.name()).isEqualTo("bad");
        assertThat(unreadable.reason()).contains("HYPERCUBE").doesNotContain("hunter2");
        assertThat(((TableDetails.Unreadable) page.items().get(2)).reason()).contains("without its path");
    }

    @Test
    void readsATableWithFieldsAndOptionsThatItDoesNotKnow() {
        TableInfo table = answering(GOOD).tables().get(Identifier.create("db", "good"));

        assertThat(table.schema().fields()).hasSize(1);
        assertThat(table.schema().options()).containsEntry("type", "a-type-of-next-year");
    }

    @Test
    void saysWhatItDoesNotUnderstandOfATable() {
        assertThatThrownBy(() -> answering(NEW_DATA_TYPE).tables().get(Identifier.create("db", "bad")))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("Cannot get table 'db.bad'")
                .hasMessageContaining("HYPERCUBE")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("'uri'");
    }

    @Test
    void listsNamesBesideFieldsThatItDoesNotKnow() {
        PaimonRestApi api = answering("{\"tables\":[\"a\",\"b\"],\"nextPageToken\":null,\"new\":{}}");

        assertThat(api.tables()
                        .list("db", PageRequest.first(), Optional.empty(), Optional.empty())
                        .items())
                .containsExactly("a", "b");
    }

    @Test
    void takesAListingWithoutAList() {
        assertThat(answering("{}")
                        .databases()
                        .list(PageRequest.first(), Optional.empty())
                        .items())
                .isEmpty();
    }

    @Test
    void listsTheViewsThatItUnderstands() {
        String view =
                "{\"id\":\"1\",\"name\":\"%s\",\"new\":1,\"schema\":{\"fields\":[{\"id\":0,\"name\":\"k\",\"type\":\"%s\"}],"
                        + "\"query\":\"q\",\"dialects\":{\"engine-of-next-year\":\"q\"},\"options\":{},\"new\":{}}}";
        PaimonRestApi api = answering("{\"viewDetails\":[%s,%s,{\"name\":\"odd\"},%s],\"new\":1}"
                .formatted(
                        view.formatted("a", "INT"), view.formatted("b", "HYPERCUBE"), view.formatted("c", "STRING")));

        assertThat(api.views()
                        .orElseThrow()
                        .details("db", PageRequest.first(), Optional.empty())
                        .items())
                .extracting(ViewInfo::name)
                .containsExactly("a", "c");
    }

    @Test
    void listsTheFunctionsThatItUnderstands() {
        String function =
                "{\"uuid\":\"1\",\"name\":\"%s\",\"new\":1,\"definitions\":{\"x\":{\"type\":\"%s\",\"definition\":\"1\",\"new\":1}}}";
        PaimonRestApi api = answering("{\"functionDetails\":[%s,%s,%s]}"
                .formatted(
                        function.formatted("a", "sql"),
                        function.formatted("b", "hologram"),
                        function.formatted("c", "lambda")));

        assertThat(api.functions()
                        .orElseThrow()
                        .details("db", PageRequest.first(), Optional.empty())
                        .items())
                .extracting(Function::name)
                .containsExactly("a", "c");
    }

    @Test
    void saysWhatItDoesNotUnderstandOfAFunction() {
        PaimonRestApi api = answering("{\"name\":\"f\",\"definitions\":{\"x\":{\"type\":\"hologram\"}}}");

        assertThatThrownBy(() -> api.functions().orElseThrow().get(Identifier.create("db", "f")))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("Cannot get function 'db.f'")
                .hasMessageContaining("hologram");
    }

    @Test
    void listsTheSnapshotsThatItUnderstands() {
        String snapshot =
                "{\"version\":9,\"id\":%d,\"schemaId\":0,\"baseManifestList\":\"b\",\"deltaManifestList\":\"d\","
                        + "\"commitUser\":\"u\",\"commitIdentifier\":1,\"commitKind\":\"%s\",\"timeMillis\":1,\"totalRecordCount\":1,"
                        + "\"deltaRecordCount\":1,\"new\":[]}";
        PaimonRestApi api = answering("{\"snapshots\":[%s,%s,%s]}"
                .formatted(
                        snapshot.formatted(1, "APPEND"),
                        snapshot.formatted(2, "TELEPORT"),
                        snapshot.formatted(3, "COMPACT")));

        assertThat(api.snapshots()
                        .orElseThrow()
                        .list(Identifier.create("db", "t"), PageRequest.first())
                        .items())
                .extracting(Snapshot::id)
                .containsExactly(1L, 3L);
    }

    @Test
    void listsThePartitionsThatItUnderstands() {
        String partition =
                "{\"spec\":{\"day\":%s},\"recordCount\":1,\"fileSizeInBytes\":1,\"fileCount\":1,\"lastFileCreationTime\":1,"
                        + "\"totalBuckets\":1,\"done\":%s,\"new\":1}";
        PaimonRestApi api = answering("{\"partitions\":[%s,%s,%s],\"new\":1}"
                .formatted(
                        partition.formatted("\"mon\"", "false"),
                        partition.formatted("\"tue\"", "{\"by\":\"me\"}"),
                        partition.formatted("\"wed\"", "true")));

        assertThat(api.partitions()
                        .list(Identifier.create("db", "t"), PageRequest.first(), Optional.empty())
                        .items())
                .extracting(Partition::spec)
                .containsExactly(Map.of("day", "mon"), Map.of("day", "wed"));
    }

    @Test
    void listsTheConsumersThatItUnderstands() {
        PaimonRestApi api = answering(
                "{\"consumers\":[{\"consumerId\":\"a\",\"nextSnapshot\":1,\"new\":1},"
                        + "{\"consumerId\":\"b\",\"nextSnapshot\":\"the-one-of-next-year\"},{\"consumerId\":\"c\",\"nextSnapshot\":2}]}");

        assertThat(api.consumers()
                        .orElseThrow()
                        .list(Identifier.create("db", "t"), PageRequest.first())
                        .items())
                .extracting(ConsumerInfo::getConsumerId)
                .containsExactly("a", "c");
    }

    @Test
    void readsAnErrorOfAKindThatItDoesNotKnow() {
        HttpAnswer missing = answer(404, "{\"resourceType\":\"HOLOGRAM\",\"message\":\"no\",\"code\":404,\"new\":1}");

        assertThatThrownBy(() -> api(missing).databases().get("db"))
                .isInstanceOf(NoSuchResourceException.class)
                .hasMessageContaining("no");
    }

    private static PaimonRestApi answering(String body) {
        return api(answer(200, body));
    }

    private static PaimonRestApi api(HttpAnswer answer) {
        return new PaimonRestApi(
                new HttpTransport() {
                    @Override
                    public HttpAnswer send(HttpCall call) {
                        return answer;
                    }

                    @Override
                    public void close() {}
                },
                Optional.of("p"));
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(
                status, Optional.of("application/json"), body.getBytes(StandardCharsets.UTF_8), "r-1", 1, false);
    }
}
