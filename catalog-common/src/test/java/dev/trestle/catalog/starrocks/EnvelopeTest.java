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
package dev.trestle.catalog.starrocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.NotEmptyException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of answers that are easily taken for something else. */
class EnvelopeTest {

    private static final Identifier T = Identifier.create("db", "t");
    private static final String OK = "{\"code\":\"0\",\"message\":\"OK\",\"result\":{}}";

    private final ScriptedService service = new ScriptedService();

    @Test
    void takesA2xxWithAnotherCodeForAnError() {
        service.answers(200, "{\"code\":\"1\",\"message\":\"Getting analyzing error\"}");

        assertThatThrownBy(() -> service.api().databases().create("db", Map.of()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("create database 'db'")
                .hasMessageContaining("Getting analyzing error")
                .hasMessageContaining("request id r-1");
    }

    @Test
    void readsFromTheWordsThatItExistsAlready() {
        service.answers(200, "{\"code\":\"1\",\"message\":\"Table 't' already exists\"}");

        assertThatThrownBy(() -> service.api().databases().create("db", Map.of()))
                .isInstanceOfSatisfying(AlreadyExistsException.class, e -> {
                    assertThat(e.resourceType()).isEqualTo(ResourceType.TABLE);
                    assertThat(e.resourceName()).isEqualTo("t");
                });
    }

    @Test
    void readsFromTheNumberThatItExistsAlready() {
        service.answers(400, "{\"code\":\"1007\",\"message\":\"Can't create database 'db'; database exists\"}");

        assertThatThrownBy(() -> service.api().databases().create("db", Map.of()))
                .isInstanceOfSatisfying(AlreadyExistsException.class, e -> assertThat(e.resourceType())
                        .isEqualTo(ResourceType.DATABASE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "<html>login</html>", "{\"message\":\"OK\"}", "{\"code\":null}"})
    void takesA2xxWithoutAnEnvelopeForAnError(String body) {
        service.answers(200, body).answers(200, body);

        assertThatThrownBy(() -> service.api().databases().get("db")).isInstanceOf(MalformedAnswerException.class);
        assertThatThrownBy(() -> service.api().databases().alter("db", Map.of("k", "v"), Set.of()))
                .isInstanceOfSatisfying(OutcomeUncertainException.class, e -> assertThat(e.answered())
                        .isTrue());
    }

    @Test
    void takesAReadWithoutAResultForAnError() {
        service.answers(200, "{\"code\":\"0\",\"message\":\"OK\"}");

        assertThatThrownBy(() -> service.api().databases().get("db")).isInstanceOf(MalformedAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202})
    void takesWhatWasMadeOrAcceptedWithoutItsUriForAnError(int status) {
        service.answers(status, OK);

        assertThatThrownBy(() -> service.api().databases().create("db", Map.of()))
                .isInstanceOf(OutcomeUncertainException.class)
                .hasMessageContaining("without the URI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/api/v2/tasks/1",
                "//evil.example.com/api/v2/tasks/1",
                "http://catalog.example.com/api/v2/tasks/1",
                "https://catalog.example.com:8443/api/v2/tasks/1",
                "https://user@catalog.example.com/api/v2/tasks/1",
                "https://catalog.example.com.evil.com/api/v2/tasks/1",
                "/api/v2/tasks/1?to=elsewhere",
                "/api/v2/tasks/%2E%2E",
                "mailto:someone@example.com",
                "not a uri"
            })
    void followsNoTaskToAnotherPlace(String uri) {
        service.answers(
                202, "{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"taskId\":\"1\",\"uri\":\"" + uri + "\"}}");

        assertThatThrownBy(() -> service.api().databases().create("db", Map.of()))
                .isInstanceOf(OutcomeUncertainException.class)
                .hasMessageContaining("is not followed");
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void keepsStackTracesOutOfMessages() {
        service.answers(
                500,
                "{\"code\":\"1\",\"message\":\"Oops\\n\\tat com.starrocks.Frontend.run(Frontend.java:7)\","
                        + "\"result\":\"java.lang.NullPointerException\\n\\tat com.starrocks.Frontend.run(Frontend.java:7)\"}");

        Throwable thrown = catchThrowable(() -> service.api().databases().get("db"));

        assertThat(thrown).isInstanceOf(ServiceUnavailableException.class).hasMessageContaining("Oops");
        assertThat(thrown.toString()).doesNotContain("Frontend").doesNotContain("NullPointer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>404 Not Found</html>",
                "{\"error\":\"Unknown table 't'\"}",
                "{\"code\":\"404\",\"message\":\"Not Found\"}",
                "{\"code\":\"404\",\"message\":\"Unknown catalog 'lake'\"}"
            })
    void doesNotTakeAMissingEndpointForAMissingTable(String body) {
        service.answers(404, body);

        assertThatThrownBy(() -> service.api().tables().get(T)).isInstanceOf(EndpointMissingException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"404|5502|Unknown table 't'|TABLE|t", "404|1049|Unknown database 'a'b'|DATABASE|a'b"})
    void findsOutWhatIsMissingByTheWordsAndNotByTheNumber(
            int status, String code, String words, ResourceType type, String name) {
        service.answers(status, "{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}");

        assertThatThrownBy(() -> service.api().tables().get(T))
                .isInstanceOfSatisfying(NoSuchResourceException.class, e -> {
                    assertThat(e.resourceType()).isEqualTo(type);
                    assertThat(e.resourceName()).isEqualTo(name);
                });
    }

    @Test
    void takesWhatAFrontEndForbidsOfOtherTablesForUnsupported() {
        service.answers(403, "{\"code\":\"403\",\"message\":\"Table [t] is not a OLAP table\"}")
                .answers(403, "{\"code\":\"403\",\"message\":\"No right\"}");

        assertThatThrownBy(() -> service.api().tables().get(T)).isInstanceOf(UnsupportedByServiceException.class);
        assertThatThrownBy(() -> service.api().tables().get(T)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void saysThat401MayMeanAPrivilege() {
        service.answers(401, "{\"code\":\"401\",\"message\":\"Access denied\"}");

        assertThatThrownBy(() -> service.api().databases().get("db"))
                .isInstanceOf(NotAuthenticatedException.class)
                .hasMessageContaining("privilege");
    }

    @Test
    void tellsADatabaseThatIsNotEmpty() {
        service.answers(200, OK).answers(400, "{\"code\":\"400\",\"message\":\"Database 'db' is not empty.\"}");

        assertThatThrownBy(() -> service.api().databases().dropEmpty("db")).isInstanceOf(NotEmptyException.class);
        assertThat(service.asked())
                .containsExactly("GET api/v2/catalogs/lake/databases/db", "DELETE api/v2/catalogs/lake/databases/db");
    }

    @Test
    void suspectsItsOwnEarlierAttemptWhereOneWasRepeated() {
        service.answers(400, "{\"code\":\"1007\",\"message\":\"Database 'db' exists\"}", 2, Optional.empty());

        assertThatThrownBy(() -> service.api().databases().create("db", Map.of()))
                .isInstanceOfSatisfying(
                        OutcomeUncertainException.class,
                        e -> assertThat(e.refusal()).get().isInstanceOf(AlreadyExistsException.class));
    }
}
