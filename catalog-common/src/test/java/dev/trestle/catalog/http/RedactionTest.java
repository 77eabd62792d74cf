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
package dev.trestle.catalog.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @Test
    void takesOutWhatLooksLikeASecret() {
        assertThat(Redaction.of("at x password='hunter2', Authorization: Basic YTpi token: abc jdbc://u:p@host/"))
                .doesNotContain("hunter2", "YTpi", "abc", "u:p@")
                .contains("at x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln",
                "JWT eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ. has expired",
                "unknown token '0d2bcaa8-hunter2-4f3e'",
                "cannot verify Bearer 0d2bcaa8hunter24f3e"
            })
    void takesOutATokenThatIsQuoted(String words) {
        assertThat(Redaction.of(words)).doesNotContain("eyJ", "hunter2").contains("******");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the token has expired",
                "token authentication-unavailable for table 't2'",
                "Table 'token 12' is missing",
                "Key 'eye' of table db.t"
            })
    void leavesOtherWordsAlone(String words) {
        assertThat(Redaction.of(words)).isEqualTo(words);
    }
}
