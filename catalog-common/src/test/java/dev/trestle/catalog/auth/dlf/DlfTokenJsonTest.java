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
package dev.trestle.catalog.auth.dlf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.auth.AuthenticationException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DlfTokenJsonTest {

    @Test
    void readsATokenOfTheMetadataService() {
        DlfToken token = DlfTokenJson.parse(
                "source",
                """
                {
                  "AccessKeyId": "STS.id",
                  "AccessKeySecret": "secret",
                  "SecurityToken": "sts",
                  "Expiration": "2026-01-31T12:00:00Z",
                  "LastUpdated": "2026-01-31T06:00:00Z",
                  "Code": "Success"
                }
                """);

        assertThat(token)
                .isEqualTo(new DlfToken(
                        "STS.id", "secret", Optional.of("sts"), Optional.of(Instant.parse("2026-01-31T12:00:00Z"))));
    }

    @Test
    void aTokenWithoutExpirationNeverExpires() {
        assertThat(DlfTokenJson.parse("source", "{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"secret\"}"))
                .isEqualTo(new DlfToken("id", "secret", Optional.empty(), Optional.empty()));
    }

    @Test
    void nullFieldsAreAbsent() {
        DlfToken token = parse("\"SecurityToken\":null,\"Expiration\":null");

        assertThat(token.securityToken()).isEmpty();
        assertThat(token.expiration()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-01-31T12:00:00Z\"', 2026-01-31T12:00:00Z",
        "'\"2026-01-31T12:00:00.5Z\"', 2026-01-31T12:00:00.5Z",
        "'\"2026-01-31T12:00:00+08:00\"', 2026-01-31T04:00:00Z",
        "'\"2026-01-31T12:00:00\"', 2026-01-31T12:00:00Z",
        "1769860800000, 2026-01-31T12:00:00Z",
        "'\"1769860800000\"', 2026-01-31T12:00:00Z",
    })
    void readsEachFormOfAnExpiration(String json, Instant expected) {
        assertThat(parse("\"Expiration\":" + json).expiration()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"tomorrow\"", "\"2026-01-31\"", "\"\"", "true", "{}", "\"99999999999999999999\"", "-5", "1.5"})
    void anExpirationThatCannotBeReadIsAnError(String json) {
        assertThatThrownBy(() -> parse("\"Expiration\":" + json))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("source: 'Expiration' is neither milliseconds since 1970 nor a date and time such as"
                        + " 2026-01-31T12:00:00Z");
    }

    @Test
    void brokenJsonIsAnErrorThatSaysWhere() {
        assertThatThrownBy(() -> DlfTokenJson.parse("source", "{\n\"AccessKeyId\": oops"))
                .isInstanceOf(AuthenticationException.class)
                .hasNoCause()
                .hasMessageStartingWith("source holds no valid JSON (line 2, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"token\"", "null", "{} {}"})
    void whatIsNoObjectIsAnError(String json) {
        assertThatThrownBy(() -> DlfTokenJson.parse("source", json))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("source holds no ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessKeyId", "AccessKeySecret"})
    void aMissingFieldIsNamed(String field) {
        String other = field.equals("AccessKeyId") ? "AccessKeySecret" : "AccessKeyId";

        assertThatThrownBy(() -> DlfTokenJson.parse("source", "{\"" + other + "\":\"x\"}"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("source holds no '" + field + "'");
    }

    @Test
    void anAnswerThatIsNoSuccessIsAnError() {
        assertThatThrownBy(() -> DlfTokenJson.parse("source", "{\"Code\":\"Forbidden\"}"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("source answered with the code 'Forbidden' instead of a token");
    }

    private static DlfToken parse(String fields) {
        return DlfTokenJson.parse("source", "{\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"secret\"," + fields + "}");
    }
}
